import { account } from '../../../activities/testing/samples.js';
import type { Mix } from '../../../contract/mix.js';
import type { KnownPost } from '../known-post.js';
import { newBatch, type BatchRun } from '../run.js';

/** Batches and their posts for tests; what a test cares about it changes. */
export const sample = {
  batch: (mix: Mix = { hero_text: 4, video: 1 }): BatchRun =>
    newBatch(
      { id: 'Zr4hK8vYp1Nc', account, planner: 'ports', mix, brief: null, budget: 2_000_000_000 },
      '2026-11-24T09:00:00Z',
    ),
  post: (id: string, change: Partial<KnownPost> = {}): KnownPost => ({
    ...{ id, title: `About ${id}`, status: 'drafting', gate: null, revision: 1, cost: 0, unknown: 0 },
    ...{ step: 'draft', error: null, contentFormat: 'hero_text', ...change },
  }),
};
