import { checkDraft, type Check } from '../../contract/checks.js';
import { knownNano, unknownNano } from '../../contract/money/charge.js';
import type { PostReport } from '../../contract/messages.js';
import { toUsd } from '../../contract/money/nano.js';
import { STEP_LABEL } from '../../contract/states.js';
import type { PipelineRow, PostStatus } from '../../contract/status.js';
import { shownRow } from '../paid/row.js';
import { chargesOf, currentStep, type PostRun, type RunRow } from './run.js';

/** The answer of the query `status`. */
export function postStatus(run: PostRun): PostStatus {
  const { input, draft } = run;
  return {
    id: input.id,
    account: input.account.handle,
    batchId: input.batchId,
    planner: input.planner,
    contentFormat: input.contentFormat,
    offline: input.offline || chargesOf(run).some((charge) => charge.offline),
    status: run.status,
    gate: run.opening?.gate ?? null,
    revision: run.revision,
    title: draft?.title ?? input.title,
    plan: input.plan,
    specialMessage: input.specialMessage,
    brief: input.brief,
    body: draft?.body ?? null,
    caption: draft?.caption ?? '',
    hashtags: draft?.hashtags ?? [],
    altText: draft?.altText ?? '',
    pipeline: run.rows.map(pipelineRow),
    costUsd: toUsd(knownNano(chargesOf(run))),
    unknownUsd: toUsd(unknownNano(chargesOf(run))),
    checks: checksOf(run),
    review: [...run.review],
    publications: [...run.publications],
    slot: run.slot,
    createdAt: run.createdAt,
    publishedAt: run.publishedAt,
    error: run.error,
  };
}

/** Held against the draft as it stands, so that a person's edit is checked like the model's words. */
export function checksOf({ draft, input }: PostRun): Check[] {
  const { account, plan, checks } = input;
  return [...(draft ? checkDraft(draft, account.style, plan.button) : []), ...checks];
}

const pipelineRow = (row: RunRow): PipelineRow => ({
  ...{ step: row.step, label: STEP_LABEL[row.step], state: row.state, asset: row.asset },
  ...shownRow(row),
});

/** What the batch hears. */
export function postReport(run: PostRun): PostReport {
  return {
    id: run.input.id,
    sequence: run.recorded,
    title: run.draft?.title ?? run.input.title,
    status: run.status,
    gate: run.opening?.gate ?? null,
    revision: run.revision,
    cost: knownNano(chargesOf(run)),
    unknown: unknownNano(chargesOf(run)),
    step: currentStep(run),
    error: run.error,
  };
}
