import { condition } from '@temporalio/workflow';
import { partOf, type Cell } from '../cell.js';
import { isPostDue } from './carry-over.js';
import { closeOut, failedTargets, stoppedSince } from './state/out.js';
import type { PostReporter } from './reporter.js';
import type { Post } from './state/state.js';

/** How long a post that is published waits for a person to mend what failed at a target, in ms. */
export const MENDING_MS = 30 * 24 * 3_600_000;

/**
 * Waits for a person to resume what failed at some target of a post that others have taken. After a month it stays as it is, and the
 * record says so. Comes back early when the post is taken back, or when it is time to continue as new.
 */
export async function waitForMending(post: Cell<Post>, reporter: PostReporter): Promise<void> {
  const out = partOf(post, 'out');
  const since = stoppedSince(out.value);
  if (since === null) return;
  const wait = Math.max(1, Date.parse(since) + MENDING_MS - Date.now());
  const isOver = (): boolean => out.value.isClosed === true || failedTargets(out.value).length === 0;
  const isLeft = await condition(() => isOver() || isPostDue(reporter), wait, {
    summary: `Waits for a person to resume ${failedTargets(out.value).join(', ')}`,
  });
  if (!isLeft && !isOver()) out.change(closeOut);
}
