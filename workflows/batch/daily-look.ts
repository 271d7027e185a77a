import { ActivityFailure, isCancellation, log, sleep } from '@temporalio/workflow';
import type { PostFate, SilentPost } from '../../activities/look-after.js';
import { watch } from '../activities.js';
import { partOf, type Cell } from '../cell.js';
import { hear } from './apply.js';
import { type KnownPost, failPost, LOOK_EVERY, setNextLook, unfinishedPosts } from './posts.js';
import type { OpenPosts } from './post-workflows.js';
import type { Batch } from './state.js';

/** How many posts one activity looks after: their answers are one payload. */
const PAGE = 200;

export type Look = ReturnType<typeof createLook>;

/** The daily look of a batch, beside what else it does. One timer is set for each look, however much news there is before it. */
export function createLook(batch: Cell<Batch>, open: OpenPosts) {
  let looking = false;
  /** Whether it is time, and none is under way. */
  const isDue = (): boolean => !looking && Date.now() >= batch.value.posts.nextLook;
  const wait = (): void => {
    const left = Math.max(1, batch.value.posts.nextLook - Date.now());
    // Its end wakes the workflow, which then sees that the look is due.
    void sleep(left, { summary: 'Look after silent posts' }).catch(() => undefined);
  };
  const look = async (): Promise<void> => {
    looking = true;
    // Temporal may not tell the end of one that it was told to end, or to forget.
    for (const id of await lookAfterPosts(batch)) open.delete(id);
    looking = false;
    wait();
  };
  wait();
  return { isDue, begin: (): void => void look() };
}

/**
 * Looks after the posts that have not ended, page by page. What can't be asked now is asked with the next look.
 *
 * @returns the ids of those that stood otherwise than the batch knew
 */
export async function lookAfterPosts(batch: Cell<Batch>): Promise<readonly string[]> {
  const posts = partOf(batch, 'posts');
  const due = posts.value.nextLook;
  const changed: string[] = [];
  const open = unfinishedPosts(posts.value);
  try {
    for (let start = 0; start < open.length; start += PAGE) {
      const page = open.slice(start, start + PAGE);
      const fates = await fatesOf(page);
      batch.change((now) => takeFates(now, page, fates));
      changed.push(...fates.filter(({ fate }) => fate !== 'as known').map(({ id }) => id));
    }
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    if (!isCancellation(error))
      log.warn('the posts could not be looked after; the next look does it', { error });
  }
  // A post that turned out to exist already wants another look.
  if (posts.value.nextLook === due) posts.change((now) => setNextLook(now, Date.now() + LOOK_EVERY));
  return changed;
}

const fatesOf = (page: readonly KnownPost[]): Promise<readonly PostFate[]> => {
  const posts: SilentPost[] = page.map(({ id, status }) => ({ id, status }));
  return watch.lookAfter.executeWithOptions({ summary: `Look after ${posts.length} silent posts` }, [
    { posts },
  ]);
};

/** Takes over what a look has found. What a post has said itself in the meantime is newer. */
function takeFates(batch: Batch, asked: readonly KnownPost[], fates: readonly PostFate[]): Batch {
  const still = new Set(batch.posts.known.filter((post) => asked.includes(post)).map((post) => post.id));
  return fates.filter(({ id }) => still.has(id)).reduce(takeFate, batch);
}

function takeFate(batch: Batch, found: PostFate): Batch {
  switch (found.fate) {
    case 'as known':
      return batch;
    case 'told':
      return hear(batch, found.report);
    default:
      return { ...batch, posts: failPost(batch.posts, found.id, found.how) };
  }
}
