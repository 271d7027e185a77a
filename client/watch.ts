import { setTimeout as sleep } from 'node:timers/promises';
import { mixSize } from '../contract/mix.js';
import { isAtWork, isBatchFinal } from '../contract/states.js';
import type { PostState } from '../contract/states.js';
import type { BatchPost, BatchStatus, PostStatus } from '../contract/status.js';
import type { Copydesk } from './client.js';
import { NoTemporalError, NoWorkerError } from './errors.js';
import { BAR_POSTS } from './output/bars.js';
import type { Live } from './output/live.js';

const EVERY_MS = 1_000;
/** A worker that is deployed anew or killed comes back within this time, or a person should hear of it. */
const PATIENCE_MS = 60_000;

/** Whether every post waits for a person or a slot, is final or blocked: nothing more happens by itself. */
export function isSettled(status: BatchStatus): boolean {
  if (isBatchFinal(status.status)) return true;
  if (status.posts.some((post) => isAtWork(post.status))) return false;
  return (
    status.status === 'blocked' ||
    (status.status !== 'planning' && status.posts.length >= mixSize(status.mix))
  );
}

/**
 * Follows a batch until it is settled.
 *
 * @returns the batch's own status document at that moment
 * @throws NoWorkerError, NoTemporalError when the outage lasts longer than a minute, UnknownIdError
 */
export async function followBatch(copydesk: Copydesk, id: string, live: Live): Promise<BatchStatus> {
  let heard = performance.now();
  try {
    for (;;) {
      try {
        const status = await copydesk.batchStatus(id);
        const fresh = await withPosts(copydesk, status);
        heard = performance.now();
        live.show(fresh);
        if (isSettled(status) && isSettled(fresh)) return status;
      } catch (error) {
        const passing = error instanceof NoWorkerError || error instanceof NoTemporalError;
        if (!passing || performance.now() - heard > PATIENCE_MS) throw error;
        live.warn(`${error.message} (trying again)`);
      }
      await sleep(EVERY_MS);
    }
  } finally {
    live.done();
  }
}

/**
 * A batch's status with each post as the post itself tells it now: a batch hears from a post only when it waits,
 * blocks or ends. Batches of more than 20 posts stay as they are.
 */
export async function withPosts(copydesk: Copydesk, status: BatchStatus): Promise<BatchStatus> {
  if (status.posts.length > BAR_POSTS || isBatchFinal(status.status)) return status;
  const posts = await Promise.all(
    // A post that has no workflow yet is as the batch says.
    status.posts.map((post) => copydesk.postStatus(post.id).then(asBatchPost, () => post)),
  );
  const counts: Partial<Record<PostState, number>> = {};
  for (const post of posts) counts[post.status] = (counts[post.status] ?? 0) + 1;
  return { ...status, posts, counts };
}

function asBatchPost(post: PostStatus): BatchPost {
  const { id, title, contentFormat, status, gate, revision, costUsd, error } = post;
  const current = post.pipeline.find((row) => row.state !== 'done' && row.state !== 'skipped');
  return { id, title, contentFormat, status, gate, revision, costUsd, step: current?.step ?? null, error };
}
