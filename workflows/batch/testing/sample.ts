import { account } from '../../../activities/testing/samples.js';
import type { BatchInput } from '../../../contract/batch.js';
import type { Mix } from '../../../contract/mix.js';
import type { Charge } from '../../../contract/money/charge.js';
import type { KnownPost } from '../posts.js';
import { newPlanRow, type PlanRow } from '../plan.js';
import type { Progress } from '../progress.js';
import { newBatch, type Batch } from '../state.js';

/** Batches and their posts for tests; what a test cares about it changes. */
export const sample = {
  batch: (mix: Mix = { hero_text: 4, video: 1 }, change: Partial<BatchInput> = {}): Batch =>
    newBatch(
      { id: 'Zr4hK8vYp1Nc', account, planner: 'ports', mix, brief: null, budget: 2_000_000_000, ...change },
      '2026-11-24T09:00:00Z',
    ),
  post: (id: string, change: Partial<KnownPost> = {}): KnownPost => ({
    ...{ id, title: `About ${id}`, status: 'drafting', gate: null, revision: 1, cost: 0, unknown: 0 },
    ...{ step: 'draft', error: null, contentFormat: 'hero_text', ...change },
  }),
  waiting: (id: string, change: Partial<KnownPost> = {}): KnownPost =>
    sample.post(id, { status: 'awaiting_approval', gate: 'publish', ...change }),
  withPosts: (batch: Batch, ...known: readonly KnownPost[]): Batch => ({
    ...batch,
    posts: { ...batch.posts, known },
  }),
  withPage: (batch: Batch, state: PlanRow['state'], charges: readonly Charge[] = []): Batch => ({
    ...batch,
    plan: { ...batch.plan, pages: [...batch.plan.pages, { ...newPlanRow(), state, charges }] },
  }),
  at: (batch: Batch, progress: Partial<Progress>): Batch => ({
    ...batch,
    progress: { ...batch.progress, ...progress },
  }),
};
