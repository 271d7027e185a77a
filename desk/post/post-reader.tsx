import type { PostView } from '../reading/reader.js';
import type { PipelineRow, PostStatus } from '../../contract/status.js';
import type { Revision } from '../../contract/revision.js';
import type { FormReader } from '../kit/form.js';
import { deskPostPath, postPath, runAddress, type TemporalUi } from '../kit/addresses.js';
import { DecisionBar, possibleDecisions } from './decision-bar.js';
import { SWAP_MAIN } from '../kit/swap.js';
import { billedWords, ChatReferences, Checks, DecisionList, Fold, ProblemNote } from './record.js';
import { Media, Piece, TargetTexts } from './piece.js';
import { PictureForm } from './picture.js';
import { AfterPublication, editableTexts, EditForm, TargetTextForm } from './edit-form.js';
import { soonWords } from '../calendar/days.js';
import { canShare, ShareForm } from './share.js';
import { canDuplicate, DuplicateForm } from './duplicate.js';
import { canUnpublish, UnpublishForm } from './unpublish.js';
import { ago, clockTime, type Clocks, Time, twoClocks } from '../kit/time.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import { accentOf, Chip, FormatIcon, StateChip } from '../kit/chip.js';
import { PostChanged } from './changed.js';
import { Destination } from './destination.js';
import { stateWords } from '../../contract/states.js';
import { dollars } from '../../contract/money/nano.js';
import { batchWorkflowId, postWorkflowId } from '../../contract/ids.js';
import { RevisionChanges, Revisions, seenRevision } from './revisions.js';
import { failedChecks } from '../../contract/checks.js';
import { PlanFacts } from './plan.js';
import { Pipeline } from './pipeline.js';
import type { WhatFollows } from './what-follows.js';

export interface PostReaderProps {
  readonly view: PostView;
  /** Its words as they are stored: what is edited must not be shortened or cleaned for show. */
  readonly stored: PostStatus;
  /** The first one first. */
  readonly revisions: readonly Revision[];
  /** The list that the post stands in, as an address names it. */
  readonly search: string;
  readonly neighbours: { readonly previous: string | null; readonly next: string | null };
  readonly decides: boolean;
  readonly follows: WhatFollows;
  /** In which it is said when it goes out. */
  readonly clocks: Clocks;
  /** Of the accounts that a copy may be for. */
  readonly handles: readonly string[];
  /** Whether its words are shown as a form. */
  readonly editing: boolean;
  /** Whether its picture can be replaced by an upload. */
  readonly takesPictures: boolean;
  /** Why the last decision was not taken. */
  readonly problem: string | null;
  /** A revision that somebody saw before: what has changed since is shown. */
  readonly since: number | null;
  readonly typed: FormReader | null;
  readonly temporalUi: TemporalUi | null;
  readonly now: Date;
}

/**
 * A post with everything that is needed to decide it: what readers will see, and a rail with the decision and the record.
 *
 * @param heading of the page, where the post has it to itself
 */
export function PostReader({ heading, ...props }: PostReaderProps & { heading: 'h1' | 'h2' }) {
  const { view, stored, problem, search, decides, neighbours, follows } = props;
  const { status, account } = view;
  const { nextSlot } = follows;
  const edits = props.editing && decides && possibleDecisions(status).has('edit');
  return (
    <div
      class="reader"
      id={`post-${status.id}`}
      data-post={status.id}
      data-revision={String(status.revision)}
      data-status={status.status}
    >
      <ReaderNav search={search} neighbours={neighbours} />
      <PostChanged id={status.id} search={search} seen={status.review.length} words={null} />
      <ReaderHead {...props} heading={heading} />
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <SinceThen {...props} />
      <ProblemNote error={status.error} state={status.status} />
      <div class="reader-body">
        <article class="piece">
          {edits ? (
            <>
              <Media view={view} />
              {status.status === 'published' ? (
                <AfterPublication view={view} />
              ) : (
                props.takesPictures && <PictureForm status={status} search={search} />
              )}
              <EditForm {...props} />
              {editableTexts(view, stored.texts).map((text) => (
                <TargetTextForm of={text} {...props} />
              ))}
            </>
          ) : (
            <Piece view={view} />
          )}
        </article>
        <div class="rail">
          {decides && !edits && (
            <DecisionBar
              status={status}
              search={search}
              next={neighbours.next}
              timeZone={account.timeZone}
              hasSlots={view.hasSlots}
              nextSlot={nextSlot && twoClocks(props.clocks, (zone) => soonWords(nextSlot, zone, props.now))}
              follows={follows}
              typed={props.typed}
            />
          )}
          {!edits && <TargetTexts view={view} />}
          {decides && canDuplicate(status) && (
            <DuplicateForm status={status} search={search} handles={props.handles} />
          )}
          {decides && !edits && canShare(status) && <ShareForm status={status} search={search} />}
          {decides && canUnpublish(status) && <UnpublishForm status={status} search={search} />}
          <Record {...props} />
        </div>
      </div>
    </div>
  );
}

function ReaderNav({ search, neighbours }: Pick<PostReaderProps, 'search' | 'neighbours'>) {
  const { previous, next } = neighbours;
  return (
    <nav class="reader-nav" aria-label="Posts">
      <a class="back" href={`/desk${search}`}>
        ← Back to the list
      </a>
      <span class="beside">
        {previous !== null && (
          <a href={deskPostPath(previous, search)} rel="prev" {...SWAP_MAIN}>
            Previous
          </a>
        )}{' '}
        {next !== null && (
          <a href={deskPostPath(next, search)} rel="next" {...SWAP_MAIN}>
            Next
          </a>
        )}
      </span>
    </nav>
  );
}

function ReaderHead({ heading: Heading, ...props }: PostReaderProps & { heading: 'h1' | 'h2' }) {
  const { view, revisions, now } = props;
  const { status, account, publishedAt, isPublic } = view;
  const time = (iso: string): string => clockTime(iso, account.timeZone, now);
  const asked = revisions.at(-1)?.at ?? status.createdAt;
  const billed = billedWords(status);
  return (
    <header class="reader-head">
      <Heading lang={account.language} dir="auto">
        {printableText(status.title, TITLE_LIMIT) || 'Without a title yet'}
      </Heading>
      <p class="facts-line">
        <StateChip state={status.status} />
        <Destination {...props} />
        {publishedAt !== null && (
          <span>
            <Time iso={publishedAt} text={time(publishedAt)} />
          </span>
        )}
        <a href={`/desk?account=${account.handle}`}>
          <span class={`dot ${accentOf(account.handle)}`} /> @{account.handle}
        </a>
        <span>
          <FormatIcon format={status.contentFormat} /> {stateWords(status.contentFormat)}
        </span>
        <span>revision {status.revision}</span>
        {status.status === 'awaiting_approval' && (
          <span>
            asked <Time iso={asked} text={ago(asked, now)} />
          </span>
        )}
        <span>
          {dollars(status.costUsd)}
          {status.unknownUsd > 0 && ` and ${dollars(status.unknownUsd)} of unknown outcome`}
          {billed !== null && ` · ${billed}`}
        </span>
        {isPublic && <a href={postPath(account.handle, status.id)}>its public page</a>}
      </p>
    </header>
  );
}

/** What has changed since the revision that somebody saw; else, of one that waits again, what was asked and what came of it. */
function SinceThen(props: PostReaderProps) {
  const { view, revisions, since } = props;
  const { status, account, hero, clip } = view;
  const isRevised = status.status === 'awaiting_approval' && status.revision > 1;
  const from = since ?? (isRevised ? status.revision - 1 : status.revision);
  if (from === status.revision) return <></>;
  const seen = seenRevision(revisions, from);
  const made = seenRevision(revisions, status.revision);
  return (
    <div class="since">
      <h2>Changed since revision {from}</h2>
      {since === null && made && made.note !== null && <p class="asked">Asked: {made.note}</p>}
      {seen ? (
        <RevisionChanges before={seen} after={{ ...status, hero, clip }} language={account.language} />
      ) : (
        <p class="quiet">The archive doesn't have that revision.</p>
      )}
    </div>
  );
}

function Record({ view, revisions, temporalUi, now }: PostReaderProps) {
  const { status, account, turns } = view;
  const time = (iso: string): string => clockTime(iso, account.timeZone, now);
  const missed = failedChecks(status.checks).length;
  return (
    <>
      <Fold name="Plan">
        <PlanFacts status={status} language={account.language} />
      </Fold>
      {status.checks.length > 0 && (
        <Fold
          name="Checks"
          open={missed > 0}
          aside={
            <Chip word={missed > 0 ? `${missed} missed` : 'all held'} tone={missed > 0 ? 'bad' : 'good'} />
          }
        >
          <Checks checks={status.checks} />
        </Fold>
      )}
      <Fold name="Pipeline" aside={<span class="quiet">{dollars(status.costUsd)}</span>}>
        <div id="pipeline" {...(status.pipeline.some(isTriedAgain) && fetchedAgain(status.id))}>
          <Pipeline status={status} time={time} />
        </div>
      </Fold>
      <Fold name="Review" aside={<span class="quiet">{status.review.length || ''}</span>}>
        <DecisionList review={status.review} time={time} />
      </Fold>
      {revisions.length > 0 && (
        <Fold name="Revisions" aside={<span class="quiet">{revisions.length}</span>}>
          <Revisions revisions={revisions} language={account.language} time={time} />
        </Fold>
      )}
      {turns.length > 0 && (
        <Fold name="Chat" aside={<span class="quiet">{turns.length}</span>}>
          <ChatReferences handle={status.account} turns={turns} time={time} />
        </Fold>
      )}
      <p class="facts-line">
        <span>post {status.id}</span>
        <a href={`/desk?batch=${status.batchId}`}>batch {status.batchId}</a>
        {temporalUi !== null && (
          <>
            <a href={runAddress(temporalUi, postWorkflowId(status.id))}>run in Temporal</a>
            <a href={runAddress(temporalUi, batchWorkflowId(status.batchId))}>its batch in Temporal</a>
          </>
        )}
      </p>
    </>
  );
}

const isTriedAgain = ({ step, state, attempts }: PipelineRow): boolean =>
  step === 'publish' && state === 'running' && attempts > 1;

/** A target that is away changes no record at each attempt, so that no event tells of it. */
const fetchedAgain = (id: string) => ({
  'hx-get': deskPostPath(id),
  'hx-select': '#pipeline',
  'hx-trigger': 'every 10s',
  'hx-swap': 'outerHTML',
});
