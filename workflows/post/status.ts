import type { PostInput } from '../../contract/batch.js';
import { checkDraft, type Check } from '../../contract/checks.js';
import { knownNano, unknownNano } from '../../contract/money/charge.js';
import type { PostReport } from '../../contract/messages.js';
import { toUsd } from '../../contract/money/nano.js';
import { STEP_LABEL, type PostState } from '../../contract/states.js';
import type { PipelineRow, PostStatus, Publication, StatusError } from '../../contract/status.js';
import { shownRow } from '../paid/row.js';
import { chargesIn, currentStep, type StepRow } from './state/rows.js';
import { targetsError } from './state/out.js';
import { targetNames, type Post } from './state/state.js';
import { targetTexts, textChecks, writtenOf, type Written } from './texts.js';
import { revisionIn, type Revision } from '../../contract/revision.js';

/** The answer of the query `status`. */
export function postStatus({ input, createdAt, words, work, decisions, out }: Post): PostStatus {
  const { draft } = words;
  const charges = chargesIn(work.rows);
  const written = writtenOf({ input, words, work });
  return {
    id: input.id,
    account: input.account.handle,
    batchId: input.batchId,
    planner: input.planner,
    contentFormat: input.contentFormat,
    offline: written.offline,
    status: decisions.status,
    gate: decisions.opening?.gate ?? null,
    revision: decisions.revision,
    title: draft?.title ?? input.title,
    plan: input.plan,
    specialMessage: input.specialMessage,
    brief: input.brief,
    ...(input.repeat !== undefined && { repeat: input.repeat }),
    body: draft?.body ?? null,
    caption: draft?.caption ?? '',
    hashtags: draft?.hashtags ?? [],
    altText: draft?.altText ?? '',
    pipeline: work.rows.map(pipelineRow),
    costUsd: toUsd(knownNano(charges)),
    unknownUsd: toUsd(unknownNano(charges)),
    checks: checksOf(input, written),
    review: decisions.log.entries,
    publications: inOrder(out.publications, targetNames(input)),
    ...textsOf(written),
    slot: decisions.slot,
    createdAt,
    publishedAt: out.publishedAt,
    error: errorOf({ decisions, out }),
  };
}

/** Left out where no target has a text of its own. */
function textsOf(written: Written): Pick<PostStatus, 'texts'> {
  const texts = targetTexts(written);
  return texts.length > 0 ? { texts } : {};
}

/** Why it waits for a person: a post that is out, or on its way, may do so for single targets. */
const errorOf = ({ decisions, out }: Pick<Post, 'decisions' | 'out'>): StatusError | null =>
  decisions.error ?? (isUnderWay(decisions.status) ? targetsError(out) : null);

const isUnderWay = (status: PostState): boolean => status === 'publishing' || status === 'published';

/** In the order of the account's targets, whichever was faster. */
const inOrder = (publications: readonly Publication[], targets: readonly string[]): Publication[] =>
  publications.toSorted((one, other) => targets.indexOf(one.target) - targets.indexOf(other.target));

/** Held against the draft as it stands, so that a person's edit is checked like the model's words. */
function checksOf({ account, plan, checks }: PostInput, written: Written): Check[] {
  const { words } = written;
  const ofDraft = words.draft ? checkDraft(words.draft, account.style, plan.button) : [];
  return [...ofDraft, ...(words.draft?.checks ?? []), ...textChecks(written), ...checks];
}

const pipelineRow = (row: StepRow): PipelineRow => ({
  step: row.step,
  label: STEP_LABEL[row.step],
  ...(row.target !== undefined && { target: row.target }),
  state: row.state,
  asset: row.asset,
  ...shownRow(row),
});

/** What the batch hears. */
export function postReport({ input, words, work, decisions, out, recorded }: Post): PostReport {
  const charges = chargesIn(work.rows);
  return {
    id: input.id,
    sequence: recorded,
    title: words.draft?.title ?? input.title,
    status: decisions.status,
    gate: decisions.opening?.gate ?? null,
    revision: decisions.revision,
    cost: knownNano(charges),
    unknown: unknownNano(charges),
    step: currentStep(work.rows),
    error: errorOf({ decisions, out }),
  };
}

/** Of JSON, that one record carries beside its own revision: Temporal takes 2 MB in one piece. */
const MOST_CHARACTERS = 100_000;

/**
 * Keeps the revision that a person has just made by an edit, for the next record to carry. Each turn ends with a record at
 * most, so of two edits in one turn the first would leave no trace. Of a flood the newest are kept.
 */
export function keepRevision(post: Post): Post {
  const made = revisionIn(postStatus(post));
  return made ? { ...post, unrecorded: fit([...post.unrecorded, made]) } : post;
}

/** The revisions that a record carries beside the one which its status shows. */
export function revisionsToRecord(post: Post): readonly Revision[] {
  const shown = revisionIn(postStatus(post))?.revision;
  return post.unrecorded.filter(({ revision }) => revision !== shown);
}

/** A record has them all from here on. */
export const forgetRevisions = (post: Post): Post =>
  post.unrecorded.length === 0 ? post : { ...post, unrecorded: [] };

function fit(revisions: readonly Revision[]): readonly Revision[] {
  let room = MOST_CHARACTERS;
  const first = revisions.findLastIndex((revision) => (room -= JSON.stringify(revision).length) < 0);
  return revisions.slice(first + 1);
}
