import { ActivityFailure, isCancellation, log, sleep } from '@temporalio/workflow';
import type { PostFate, SilentPost } from '../../activities/look-after.js';
import { isFinal } from '../../contract/states.js';
import { watch } from '../activities.js';
import type { KnownPost } from './known-post.js';
import { hear, LOOK_EVERY, type BatchRun } from './run.js';
import type { OpenPosts } from './start.js';

/** How many posts one activity looks after: their answers are one payload. */
const PAGE = 200;

/** The daily look of a batch, beside what else it does. */
export interface Look {
  /** Whether it is time, and none is under way. */
  isDue(): boolean;
  begin(): void;
}

/** One timer is set for each look, however much news there is before it. */
export function createLook(run: BatchRun, open: OpenPosts): Look {
  let looking = false;
  const isDue = (): boolean => !looking && Date.now() >= run.nextLook;
  const wait = (): void => {
    const left = Math.max(1, run.nextLook - Date.now());
    // Its end wakes the workflow, which then sees that the look is due.
    void sleep(left, { summary: 'Look after silent posts' }).catch(() => undefined);
  };
  const look = async (): Promise<void> => {
    looking = true;
    // Temporal may not tell the end of one that it was told to end, or to forget.
    for (const id of await lookAfterPosts(run)) open.delete(id);
    looking = false;
    wait();
  };
  wait();
  return { isDue, begin: () => void look() };
}

/**
 * Looks after the posts that have not ended, page by page. What can't be asked now is asked with the next look.
 *
 * @returns the ids of those that stood otherwise than the batch knew
 */
export async function lookAfterPosts(run: BatchRun): Promise<readonly string[]> {
  const due = run.nextLook;
  const changed: string[] = [];
  const open = run.posts.filter((post) => !isFinal(post.status));
  try {
    for (let start = 0; start < open.length; start += PAGE) {
      const page = open.slice(start, start + PAGE);
      const fates = await fatesOf(page);
      takeFates(run, page, fates);
      changed.push(...fates.filter(({ fate }) => fate !== 'as known').map(({ id }) => id));
    }
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    if (!isCancellation(error))
      log.warn('the posts could not be looked after; the next look does it', { error });
  }
  // A post that turned out to exist already wants another look.
  if (run.nextLook === due) run.nextLook = Date.now() + LOOK_EVERY;
  return changed;
}

const fatesOf = (page: readonly KnownPost[]): Promise<readonly PostFate[]> => {
  const posts: SilentPost[] = page.map(({ id, status }) => ({ id, status }));
  return watch.lookAfter.executeWithOptions({ summary: `Look after ${posts.length} silent posts` }, [
    { posts },
  ]);
};

/** Takes over what a look has found. What a post has said itself in the meantime is newer. */
export function takeFates(run: BatchRun, asked: readonly KnownPost[], fates: readonly PostFate[]): void {
  const still = new Set(run.posts.filter((post) => asked.includes(post)).map((post) => post.id));
  for (const found of fates) {
    if (found.fate === 'as known' || !still.has(found.id)) continue;
    if (found.fate === 'told') hear(run, found.report);
    else fail(run, found.id, found.how);
  }
}

function fail(run: BatchRun, id: string, how: string): void {
  const index = run.posts.findIndex((post) => post.id === id);
  const post = run.posts[index];
  if (!post) return;
  const message = `the post's workflow is ${how} and sent no word`;
  run.posts[index] = { ...post, status: 'failed', error: { type: 'Post.Ended', message, requestId: null } };
  run.heard += 1;
}
