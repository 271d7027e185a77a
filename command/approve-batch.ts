import { setTimeout as sleep } from 'node:timers/promises';
import type { ApproveAll } from '../contract/messages.js';
import type { BatchPost, PostStatus } from '../contract/status.js';
import type { Copydesk } from '../client/copydesk.js';
import type { DecisionResult } from '../client/decide-each.js';
import { requireWaiting } from '../client/batch-orders.js';
import { NoWorkerError, UndeliveredError } from '../client/errors.js';

const PATIENCE_MS = 10_000;
const EVERY_MS = 250;
const ASKED_AT_ONCE = 20;

/** How far a post is, as the batch or the post itself says. */
type Progress = Pick<BatchPost, 'id' | 'status' | 'gate' | 'revision'>;

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
  const waiting = requireWaiting(await copydesk.batches.status(batchId));
  await copydesk.batches.approveAll(batchId, approval);
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
  const moved = new Map<string, Progress>();
  for (;;) {
    const { posts } = await copydesk.batches.status(batchId);
    const heard = new Map(posts.map((post) => [post.id, post]));
    const results = waiting.map((post) => ({
      post,
      current: moved.get(post.id) ?? heard.get(post.id) ?? post,
    }));
    const still = results.filter(({ post, current }) => !hasMoved(post, current));
    if (still.length === 0 || performance.now() > until) {
      return results.map(({ post, current }) => resultOf(post, current));
    }
    for (const now of await askEach(copydesk, still.slice(0, ASKED_AT_ONCE))) {
      if (still.some(({ post }) => post.id === now.id && hasMoved(post, now))) moved.set(now.id, now);
    }
    await sleep(EVERY_MS);
  }
}

/** A batch hears of a post only when that waits again, blocks or ends, so the posts are asked themselves. */
async function askEach(
  copydesk: Copydesk,
  posts: readonly { readonly post: BatchPost }[],
): Promise<PostStatus[]> {
  const asked = await Promise.allSettled(posts.map(({ post }) => copydesk.posts.status(post.id)));
  return asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

const isWaiting = (post: Progress): boolean => post.status === 'awaiting_approval';

/** A post that waits at another gate or with another revision has taken the approval and come to its next stop. */
const hasMoved = (before: Progress, now: Progress): boolean =>
  !isWaiting(now) || now.gate !== before.gate || now.revision !== before.revision;

function resultOf(before: Progress, now: Progress): DecisionResult {
  const { id, status, revision } = now;
  if (hasMoved(before, now)) return { id, status, revision };
  const message = `post ${id} still waits 10 seconds after the approval was sent; copydesk post status ${id} tells more`;
  return { id, error: { message } };
}
