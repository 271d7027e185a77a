import { RefusedError } from '../../client/errors.js';
import { stateWords } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import type { DeskDeps } from '../deps.js';

type Deps = Pick<DeskDeps, 'archive' | 'posts'>;

/**
 * Changes the times of two scheduled posts of one account. The archive changes their slots first, so that nobody takes either in
 * between; then each post is told the time that is its own by then.
 *
 * @param posts as they are now
 * @throws RefusedError where they can't be swapped, or one of them moved on meanwhile: then both have their own times again
 */
export async function swapSlots(
  { archive, posts }: Deps,
  [one, other]: readonly [PostStatus, PostStatus],
  by: string,
): Promise<void> {
  const [first, second] = [slotOf(one), slotOf(other)];
  if (one.id === other.id || one.account !== other.account)
    throw new RefusedError('only two posts of one account change their times');
  const move = (id: string, publishAt: string): Promise<unknown> =>
    posts.review(id, { decision: 'reschedule', by, publishAt });
  await archive.slots.swap(one.id, other.id);
  let moved = false;
  try {
    await move(one.id, second);
    moved = true;
    await move(other.id, first);
  } catch (error) {
    await archive.slots.swap(one.id, other.id);
    // It may be about to go out; then it says why it stays where it is.
    if (moved) await move(one.id, first).catch(() => {});
    throw error;
  }
}

function slotOf({ id, status, slot }: PostStatus): string {
  if (status === 'scheduled' && slot !== null) return slot;
  throw new RefusedError(
    `post ${id} is ${stateWords(status)}${status === 'scheduled' ? ' and has no slot yet' : ''}; only scheduled posts change their times`,
  );
}
