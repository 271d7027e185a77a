import { setTimeout as sleep } from 'node:timers/promises';
import { isBatchFinal, type PostState } from '../contract/states.js';
import type { BatchPost, BatchStatus } from '../contract/status.js';
import type { Batches } from '../client/batches.js';
import { NoTemporalError, NoWorkerError } from '../client/errors.js';
import { BAR_POSTS, type Live } from './output/live.js';
import type { ListedPost } from '../client/lists.js';
import { isSettled } from '../client/wait.js';

/** Each look asks twice: the batch, and where its posts are. So these are 2 questions a second at most, and 1 at rest. */
const QUICK_MS = 1_000;
const SLOW_MS = 2_000;
/** So many looks may find nothing new before the next ones come slower. */
const QUICK_LOOKS = 5;
/** A worker that is deployed again or killed comes back within this time, or a person should hear of it. */
const PATIENCE_MS = 60_000;

/** A clock that does not jump, in ms, and how to wait by it. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

const realClock: Clock = { now: () => performance.now(), sleep };

/**
 * Follows a batch until it is settled.
 *
 * @returns the batch's own status document at that moment
 * @throws NoWorkerError, NoTemporalError when the outage lasts longer than a minute, UnknownIdError
 */
export async function followBatch(
  batches: Pick<Batches, 'status' | 'postStates'>,
  id: string,
  live: Live,
  clock: Clock = realClock,
): Promise<BatchStatus> {
  let heard = clock.now();
  let seen = '';
  let unchanged = 0;
  try {
    for (;;) {
      try {
        const status = await batches.status(id);
        const fresh = await withPostStates(batches, status);
        heard = clock.now();
        live.show(fresh);
        if (isSettled(status) && isSettled(fresh)) return status;
        const picture = JSON.stringify(fresh);
        unchanged = picture === seen ? unchanged + 1 : 0;
        seen = picture;
      } catch (error) {
        const passing = error instanceof NoWorkerError || error instanceof NoTemporalError;
        if (!passing || clock.now() - heard > PATIENCE_MS) throw error;
        live.warn(`${error.message} (trying again)`);
      }
      await clock.sleep(unchanged < QUICK_LOOKS ? QUICK_MS : SLOW_MS);
    }
  } finally {
    live.done();
  }
}

/**
 * A batch's status with the state that each post shows by itself: a batch hears from a post only when it waits, blocks or
 * ends. It is one question for all of them. Batches of more than 20 posts stay as they are.
 */
async function withPostStates(
  batches: Pick<Batches, 'postStates'>,
  status: BatchStatus,
): Promise<BatchStatus> {
  if (status.posts.length === 0 || status.posts.length > BAR_POSTS || isBatchFinal(status.status))
    return status;
  // Without the list, as where it may not be read, the batch's own word stands.
  const listed = await batches.postStates(status.id).catch(() => new Map<string, ListedPost>());
  const posts = status.posts.map((post) => asListed(post, listed.get(post.id)));
  const counts: Partial<Record<PostState, number>> = {};
  for (const post of posts) counts[post.status] = (counts[post.status] ?? 0) + 1;
  return { ...status, posts, counts };
}

/** A post whose state is another than the batch last heard is at another step too, which the batch can't tell. */
function asListed(post: BatchPost, listed: ListedPost | undefined): BatchPost {
  return listed === undefined || listed.status === post.status ? post : { ...post, ...listed, step: null };
}
