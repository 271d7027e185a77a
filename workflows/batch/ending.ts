import { dropQueued } from './plan.js';
import { unfinishedPosts } from './posts.js';
import { beginEnding, dropUntold } from './progress.js';
import type { Batch } from './state.js';

/** How long a cancelled batch waits for its posts to say that they have cleaned up, in ms. */
const FAREWELL = 15 * 60_000;
/** How many posts are cancelled at a time; a workflow may have 2,000 requests under way, and 500 is a lot to Temporal. */
const PAGE = 100;

/** Begins the end: nothing more is started, and every post that has not ended is to be cancelled. */
export function endPosts(batch: Batch, now: number): Batch {
  const { progress, plan, posts } = batch;
  if (progress.ending) return batch;
  const untold = unfinishedPosts(posts).map((post) => post.id);
  return {
    ...batch,
    plan: dropQueued(plan, plan.queue.length),
    progress: beginEnding(progress, { untold, until: now + FAREWELL }),
  };
}

/** The posts to cancel next. */
export const nextToCancel = ({ progress }: Batch): readonly string[] =>
  progress.ending?.untold.slice(0, PAGE) ?? [];

/** They are being cancelled. */
export const dropCancelled = (batch: Batch): Batch => ({
  ...batch,
  progress: dropUntold(batch.progress, PAGE),
});
