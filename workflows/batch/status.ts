import { specialMessage } from '../../contract/mix.js';
import { toUsd } from '../../contract/money/nano.js';
import { STEP_LABEL, type PostState } from '../../contract/states.js';
import type { BatchPost, BatchStatus, PipelineRow } from '../../contract/status.js';
import type { KnownPost } from './known-post.js';
import { shownRow } from '../paid/row.js';
import { costOf, unknownOf, type BatchRun, type PlanRow } from './run.js';

/** The answer of the query `status`. */
export function batchStatus(run: BatchRun): BatchStatus {
  const { input } = run;
  const counts: Partial<Record<PostState, number>> = {};
  for (const { status } of run.posts) counts[status] = (counts[status] ?? 0) + 1;
  return {
    id: input.id,
    account: input.account.handle,
    planner: input.planner,
    mix: input.mix,
    specialMessage: specialMessage(input.mix),
    brief: input.brief,
    offline: run.offline,
    status: run.status,
    budgetUsd: toUsd(run.budget),
    costUsd: toUsd(costOf(run)),
    unknownUsd: toUsd(unknownOf(run)),
    counts,
    pipeline: run.pages.map(planRow),
    posts: run.posts.map(batchPost),
    createdAt: run.createdAt,
    error: run.error,
  };
}

const planRow = (row: PlanRow): PipelineRow => ({
  ...{ step: 'plan', label: STEP_LABEL.plan, state: row.state, asset: null },
  ...shownRow(row),
});

function batchPost({ cost, unknown: _unknown, sequence: _sequence, ...post }: KnownPost): BatchPost {
  return { ...post, costUsd: toUsd(cost) };
}
