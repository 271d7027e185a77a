import { specialMessage } from '../../contract/mix.js';
import { toUsd, type Nano } from '../../contract/money/nano.js';
import { countStates, STEP_LABEL } from '../../contract/states.js';
import type { BatchPost, BatchStatus, PipelineRow } from '../../contract/status.js';
import { knownNano, unknownNano } from '../../contract/money/charge.js';
import { shownRow } from '../paid/row.js';
import type { KnownPost } from './posts.js';
import { type BatchNews, planCharges, type PlanRow } from './plan.js';
import type { Batch } from './state.js';

/** The answer of the query `status`. */
export function batchStatus(batch: Batch): BatchStatus {
  const { input, progress, plan, posts, money } = batch;
  return {
    id: input.id,
    account: input.account.handle,
    planner: input.planner,
    mix: input.mix,
    specialMessage: specialMessage(input.mix),
    brief: input.brief,
    ...(input.repeat !== undefined && { repeat: input.repeat }),
    offline: plan.offline,
    status: progress.status,
    budgetUsd: toUsd(money.budget),
    costUsd: toUsd(batchCost(batch)),
    unknownUsd: toUsd(unknownBatchCost(batch)),
    counts: countStates(posts.known),
    pipeline: plan.pages.map((row, at) => planRow(row, at === 0 ? plan.news : undefined)),
    posts: posts.known.map(batchPost),
    createdAt: batch.createdAt,
    error: progress.error,
  };
}

/** @param news what the feeds brought, on the row of the first page, which it was read for. */
const planRow = (row: PlanRow, news: BatchNews | undefined): PipelineRow => ({
  step: 'plan',
  label: STEP_LABEL.plan,
  state: row.state,
  asset: null,
  ...shownRow(news ? { ...row, note: [news.note, row.note].filter(Boolean).join('; ') } : row),
});

function batchPost({ cost, unknown: _unknown, sequence: _sequence, ...post }: KnownPost): BatchPost {
  return { ...post, costUsd: toUsd(cost) };
}

export const batchCost = ({ plan, posts }: Batch): Nano =>
  posts.known.reduce((sum, post) => sum + post.cost, knownNano(planCharges(plan)));
export const unknownBatchCost = ({ plan, posts }: Batch): Nano =>
  posts.known.reduce((sum, post) => sum + post.unknown, unknownNano(planCharges(plan)));
