import type { Child } from 'hono/jsx';
import { isFinal, type DecisionKind, type PostState } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import { formatUsd, dollars } from '../../contract/money/nano.js';
import { deskPostPath } from '../kit/addresses.js';
import { Choice, type FormReader } from '../kit/form.js';
import { SEND_ONCE, SWAP_MAIN } from '../kit/swap.js';
import { redoChoices } from './decision-form.js';
import { TEXT_LIMITS } from '../../contract/limits.js';
import type { WhatFollows } from './what-follows.js';

interface DecisionBarProps {
  readonly status: PostStatus;
  /** The list that the post stands in, as an address names it. */
  readonly search: string;
  /** The post that stands next in it. */
  readonly next: string | null;
  /** The zone in which a time is typed. */
  readonly timeZone: string;
  /** Whether the post may take a slot of its account. */
  readonly hasSlots: boolean;
  /** The next one that is free, in words; null where it is not known. */
  readonly nextSlot: string | null;
  readonly follows: Pick<WhatFollows, 'mediaCost' | 'raiseTo'>;
  /** What a form sent that could not be taken, so that nobody types it again. */
  readonly typed: FormReader | null;
}

/** What a person decides on a post with: one note for all, and a button for each decision that the post takes as it is. */
export function DecisionBar(props: DecisionBarProps) {
  const { status, typed, follows } = props;
  const possible = possibleDecisions(status);
  if (possible.size === 0) return <></>;
  // A published post that no target lacks: there is nothing to say of it but in other words.
  if (possible.size === 1 && possible.has('edit'))
    return (
      <div class="decide">
        <div class="decide-row">
          <EditButton status={status} />
        </div>
        <OpenEdit {...props} />
      </div>
    );
  return (
    <div class="decide">
      <PostForm
        status={status}
        search={props.search}
        next={props.next}
        to="decide"
        label="Decision"
        {...SEND_ONCE}
      >
        <div class="decide-note">
          <label for={fieldId(status, 'note')}>{noteLabel(status)}</label>
          <textarea id={fieldId(status, 'note')} name="note" rows={1} maxlength={TEXT_LIMITS.note}>
            {typed?.('note') ?? ''}
          </textarea>
        </div>
        {possible.has('approve') && (
          <div class="decide-row">
            <Decide to="approve" words={approveWords(follows)} look="main-button approve" />
            {status.gate !== 'media' && <WhenChoice {...props} choices={[...nextSlot(props), NOW, AT]} />}
          </div>
        )}
        {possible.has('reschedule') && (
          <div class="decide-row">
            <Decide to="reschedule" words="Move" />
            <WhenChoice {...props} choices={[...nextSlot(props), AT, NOW]} />
          </div>
        )}
        {possible.has('resume') && (
          <div class="decide-row">
            {follows.raiseTo !== null && <RaiseButton status={status} usd={follows.raiseTo} />}
            <Decide
              to="resume"
              words="Resume"
              look={follows.raiseTo === null ? 'main-button' : 'plain-button'}
            />
          </div>
        )}
        <div class="decide-row">
          {possible.has('revise') && (
            <span class="joined">
              <Decide to="revise" words="Revise" />
              <Choice
                id={fieldId(status, 'redo')}
                name="redo"
                label="What to make again"
                value={typed?.('redo')}
                choices={redoChoices(status.contentFormat)}
              />
            </span>
          )}
          {possible.has('reject') && <Decide to="reject" words="Reject" look="plain-button danger" />}
          {possible.has('edit') && <EditButton status={status} />}
          {!possible.has('reject') && possible.has('cancel') && (
            <Decide to="cancel" words="Cancel post" look="plain-button danger" />
          )}
        </div>
      </PostForm>
      {possible.has('edit') && <OpenEdit {...props} />}
    </div>
  );
}

const EditButton = ({ status }: Pick<DecisionBarProps, 'status'>) => (
  <button type="submit" form={fieldId(status, 'open-edit')} class="plain-button">
    Edit
  </button>
);

const approveWords = ({ mediaCost }: DecisionBarProps['follows']): string =>
  mediaCost ? `Approve and make it (about ${formatUsd(mediaCost)})` : 'Approve';

/** Resumes as well, with a budget of its batch that is enough. */
function RaiseButton({ status, usd }: Pick<DecisionBarProps, 'status'> & { usd: number }) {
  return (
    <>
      <input type="hidden" name="usd" value={String(usd)} />
      <button
        type="submit"
        name="decision"
        value="resume"
        formaction={`${deskPostPath(status.id)}/raise`}
        class="main-button"
      >
        Raise to {dollars(usd)} and resume
      </button>
    </>
  );
}

function Decide({ to, words, look = 'plain-button' }: { to: DecisionKind; words: string; look?: string }) {
  return (
    <button type="submit" name="decision" value={to} class={look}>
      {words}
    </button>
  );
}

/** No two posts have a field in common, so that what is typed for one is never carried over to the next. */
const fieldId = ({ id }: PostStatus, name: string): string => `${name}-${id}`;

interface PostFormProps {
  readonly status: PostStatus;
  readonly search: string;
  readonly next?: string | null;
  /** The last part of the address that it is sent to. */
  readonly to: 'decide' | 'picture';
  readonly label: string;
  readonly children?: Child;
}

/** A form about a post. It carries what was shown, which a decision is held against, and where its person goes on. */
export function PostForm(props: PostFormProps & Readonly<Record<string, unknown>>) {
  const { status, search, next, to, label, children, ...attributes } = props;
  return (
    <form method="post" action={`${deskPostPath(status.id)}/${to}`} aria-label={label} {...attributes}>
      <input type="hidden" name="revision" value={String(status.revision)} />
      <input type="hidden" name="gate" value={status.gate ?? ''} />
      <input type="hidden" name="list" value={search} />
      <input type="hidden" name="next" value={next ?? ''} />
      {children}
    </form>
  );
}

type When = readonly [value: string, words: string];
const NOW: When = ['now', 'now'];
const AT: When = ['at', 'at…'];
const nextSlot = ({ hasSlots, nextSlot: words }: DecisionBarProps): When[] =>
  hasSlots ? [['next', words === null ? 'next slot' : `next slot: ${words}`]] : [];

function WhenChoice({ status, timeZone, typed, choices }: DecisionBarProps & { choices: readonly When[] }) {
  const id = fieldId(status, 'at');
  return (
    <>
      <Choice
        id={fieldId(status, 'publish-at')}
        name="publishAt"
        label="When to publish"
        value={typed?.('publishAt')}
        choices={choices}
      />
      <span class="at">
        <label for={id}>Day and time ({timeZone})</label>
        <input id={id} name="at" type="datetime-local" value={typed?.('at') ?? ''} />
      </span>
    </>
  );
}

/** Leads to the post as a form, with scripts and without; its button stands with the others. */
function OpenEdit({ status, search }: DecisionBarProps) {
  return (
    <form
      id={fieldId(status, 'open-edit')}
      method="get"
      action={deskPostPath(status.id)}
      hidden
      {...SWAP_MAIN}
    >
      {[...new URLSearchParams(search)].map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="edit" value="1" />
    </form>
  );
}

function noteLabel({ status }: PostStatus): string {
  if (status === 'blocked') return 'Note: what was mended, what to change, or why not';
  if (status === 'awaiting_approval' || status === 'scheduled') return 'Note: what to change, or why not';
  return 'Note: why';
}

/** What a person can decide on a post as it is; the workflow has the last word. */
export function possibleDecisions({
  status,
  error,
}: {
  status: PostState;
  error: unknown;
}): Set<DecisionKind> {
  switch (status) {
    case 'awaiting_approval':
      return new Set(['approve', 'revise', 'reject', 'edit', 'cancel']);
    case 'scheduled':
      return new Set(['reschedule', 'revise', 'reject', 'edit', 'cancel']);
    case 'blocked':
      return new Set(['resume', 'revise', 'reject', 'cancel']);
    // A target that failed is tried again; the others have the post, or are still tried.
    case 'published':
      return new Set(error ? ['resume', 'edit'] : ['edit']);
    case 'publishing':
      return new Set(error ? ['resume'] : []);
    default:
      return new Set(isFinal(status) ? [] : ['cancel']);
  }
}
