import { checkDraft, type Check } from '../../contract/checks.js';
import { knownNano, unknownNano } from '../../contract/money/charge.js';
import type { PostReport } from '../../contract/messages.js';
import { toUsd } from '../../contract/money/nano.js';
import { STEP_LABEL } from '../../contract/states.js';
import type { PipelineRow, PostStatus } from '../../contract/status.js';
import { shownRow } from '../paid/row.js';
import { chargesIn, currentStep, type StepRow } from './rows.js';
import type { Post } from './state.js';

/** The answer of the query `status`. */
export function postStatus({ input, createdAt, words, work, decisions, out }: Post): PostStatus {
  const { draft } = words;
  const charges = chargesIn(work.rows);
  return {
    id: input.id,
    account: input.account.handle,
    batchId: input.batchId,
    planner: input.planner,
    contentFormat: input.contentFormat,
    offline: input.offline || charges.some((charge) => charge.offline),
    status: decisions.status,
    gate: decisions.opening?.gate ?? null,
    revision: decisions.revision,
    title: draft?.title ?? input.title,
    plan: input.plan,
    specialMessage: input.specialMessage,
    brief: input.brief,
    body: draft?.body ?? null,
    caption: draft?.caption ?? '',
    hashtags: draft?.hashtags ?? [],
    altText: draft?.altText ?? '',
    pipeline: work.rows.map(pipelineRow),
    costUsd: toUsd(knownNano(charges)),
    unknownUsd: toUsd(unknownNano(charges)),
    checks: checksOf({ input, words }),
    review: decisions.log.entries,
    publications: out.publications,
    slot: decisions.slot,
    createdAt,
    publishedAt: out.publishedAt,
    error: decisions.error,
  };
}

/** Held against the draft as it stands, so that a person's edit is checked like the model's words. */
function checksOf({ input, words }: Pick<Post, 'input' | 'words'>): Check[] {
  const { account, plan, checks } = input;
  return [...(words.draft ? checkDraft(words.draft, account.style, plan.button) : []), ...checks];
}

const pipelineRow = (row: StepRow): PipelineRow => ({
  ...{ step: row.step, label: STEP_LABEL[row.step], state: row.state, asset: row.asset },
  ...shownRow(row),
});

/** What the batch hears. */
export function postReport({ input, words, work, decisions, recorded }: Post): PostReport {
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
    error: decisions.error,
  };
}
