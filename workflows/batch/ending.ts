import { isFinal } from '../../contract/states.js';
import type { BatchRun } from './run.js';

/** How long a cancelled batch waits for its posts to say that they have cleaned up, in ms. */
const FAREWELL = 15 * 60_000;
/** How many posts are cancelled at a time; a workflow may have 2,000 requests under way, and 500 is a lot to Temporal. */
const PAGE = 100;

/** Begins the end: nothing more is started, and every post that has not ended is to be cancelled. */
export function beginEnding(run: BatchRun, now: number): void {
  if (run.ending) return;
  run.status = 'cancelled';
  run.queue.length = 0;
  const untold = run.posts.filter((post) => !isFinal(post.status)).map((post) => post.id);
  run.ending = { untold, until: now + FAREWELL };
}

/** The posts to cancel next. */
export const nextToCancel = ({ ending }: BatchRun): string[] => ending?.untold.splice(0, PAGE) ?? [];
