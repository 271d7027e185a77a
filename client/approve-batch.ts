import { setTimeout as sleep } from 'node:timers/promises';
import type { ApproveAll } from '../contract/messages.js';
import type { BatchPost } from '../contract/status.js';
import type { Copydesk } from './client.js';
import type { DecisionResult } from './decisions.js';
import { NoWorkerError, RefusedError, UndeliveredError } from './errors.js';
import { withPosts } from './watch.js';

const PATIENCE_MS = 10_000;
const EVERY_MS = 250;

/**
 * Approves what waits in a batch, and watches up to 10 seconds until each of those posts has moved on.
 *
 * @throws RefusedError when nothing waits
 */
export async function approveBatch(
  copydesk: Copydesk,
  batchId: string,
  approval: ApproveAll,
): Promise<DecisionResult[]> {
  const before = await copydesk.batchStatus(batchId);
  const waiting = before.posts.filter(isWaiting);
  if (waiting.length === 0) {
    throw new RefusedError(`batch ${batchId} is ${before.status} and has no post that waits for approval`);
  }
  await copydesk.approveAll(batchId, approval);
  try {
    return await outcome(copydesk, batchId, waiting);
  } catch (error) {
    throw error instanceof NoWorkerError
      ? new UndeliveredError(`the approval of batch ${batchId}`, error)
      : error;
  }
}

async function outcome(
  copydesk: Copydesk,
  batchId: string,
  waiting: readonly BatchPost[],
): Promise<DecisionResult[]> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const { posts } = await withPosts(copydesk, await copydesk.batchStatus(batchId));
    const now = new Map(posts.map((post) => [post.id, post]));
    const results = waiting.map((post) => ({ post, current: now.get(post.id) ?? post }));
    const moved = results.every(({ post, current }) => hasMoved(post, current));
    if (moved || performance.now() > until) {
      return results.map(({ post, current }) => resultOf(post, current));
    }
    await sleep(EVERY_MS);
  }
}

const isWaiting = (post: BatchPost): boolean => post.status === 'awaiting_approval';

/** A post that waits at another gate or with another revision has taken the approval and come to its next stop. */
const hasMoved = (before: BatchPost, now: BatchPost): boolean =>
  !isWaiting(now) || now.gate !== before.gate || now.revision !== before.revision;

function resultOf(before: BatchPost, now: BatchPost): DecisionResult {
  const { id, status, revision } = now;
  if (hasMoved(before, now)) return { id, status, revision };
  const message = `post ${id} still waits 10 seconds after the approval was sent; copydesk post status ${id} tells more`;
  return { id, error: { message } };
}
