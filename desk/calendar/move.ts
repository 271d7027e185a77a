import type { PostStatus } from '../../contract/status.js';
import { parseIsoTime } from '../../contract/time.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import type { DeskDeps } from '../deps.js';
import type { Reader } from '../reading/reader.js';
import { stateWords } from '../../contract/states.js';
import { findAccount } from '../reading/accounts.js';
import { readTarget } from './target.js';
import { decide, sentence } from '../post/decide.js';
import { momentWords } from './days.js';
import { CopydeskError } from '../../contract/errors.js';
import { ID_PATTERN } from '../../contract/ids.js';
import { RefusedError } from '../../client/errors.js';

interface Move {
  /** The id of the post. */
  readonly id: string;
  /** Where to, as `readTarget` reads it. */
  readonly target: string;
  /** In which a day and a time were meant; null for the account's. */
  readonly zone: string | null;
  readonly by: string;
}

type Moved =
  | { readonly kind: 'moved'; readonly at: string; readonly timeZone: string; readonly words: string }
  | { readonly kind: 'unknown' }
  /** Nothing has changed: what was sent can't be used, or things are otherwise by now. */
  | { readonly kind: 'wrong' | 'refused'; readonly words: string };

type Scheduled = PostStatus & { readonly slot: string };

const refused = (words: string): Moved => ({ kind: 'refused', words });
const isScheduled = (status: PostStatus): status is Scheduled =>
  status.status === 'scheduled' && status.slot !== null && parseIsoTime(status.slot) !== null;
const titleOf = ({ title, id }: PostStatus): string => `“${printableText(title, TITLE_LIMIT) || id}”`;

/**
 * Moves a scheduled post to another time. To the time of another post only where that one was shown there: then the two change
 * places. A slot that was free when it was shown, and is not any more, is not fought for.
 */
export async function movePost(
  deps: DeskDeps,
  reader: Reader,
  { id, target, zone, by }: Move,
): Promise<Moved> {
  const status = await postOf(reader, id);
  if (!status) return { kind: 'unknown' };
  if (!isScheduled(status))
    return refused(
      `${titleOf(status)} is ${stateWords(status.status)}: only what is scheduled can be moved.`,
    );
  const timeZone = zone ?? (await findAccount(deps, status.account))?.timeZone ?? 'UTC';
  const read = readTarget(target, { from: status.slot, timeZone, now: deps.now() });
  if ('problem' in read) return { kind: 'wrong', words: read.problem };
  const { at, other: otherId } = read;
  if (isSame(at, status.slot)) return { kind: 'wrong', words: `${titleOf(status)} goes out then already.` };
  const other = otherId === null ? null : await postOf(reader, otherId);
  if (otherId !== null)
    return other && isScheduled(other) && other.account === status.account && isSame(other.slot, at)
      ? swap(deps, { one: status, other, timeZone, by })
      : refused('Another post had that slot when you chose it. Nothing was moved; look again.');
  const holder = await holderOf(deps, status, at);
  if (holder !== null) return refused(`${holder} goes out then. To swap the two, choose it in the calendar.`);
  const request = { decision: 'reschedule', by, publishAt: at } as const;
  const outcome = await decide(deps.posts, status, { request, seen: status.revision });
  return outcome.kind === 'done'
    ? { kind: 'moved', at, timeZone, words: `${titleOf(status)} goes out ${momentWords(at, timeZone)} now.` }
    : refused(outcome.message);
}

interface Swap {
  readonly one: Scheduled;
  readonly other: Scheduled;
  readonly timeZone: string;
  readonly by: string;
}

async function swap(deps: DeskDeps, { one, other, timeZone, by }: Swap): Promise<Moved> {
  try {
    await swapSlots(deps, [one, other], by);
  } catch (error) {
    if (error instanceof CopydeskError) return refused(sentence(error.message, one.id));
    throw error;
  }
  const [at, otherAt] = [other.slot, one.slot];
  const words = `Swapped: ${titleOf(one)} goes out ${momentWords(at, timeZone)} now, and ${titleOf(other)} ${momentWords(otherAt, timeZone)}.`;
  return { kind: 'moved', at, timeZone, words };
}

/**
 * The title of the post that goes out at a moment; null where there is none. Of an account with slots the archive knows who has
 * which before a record says so; of one without, the records alone know.
 */
async function holderOf(
  { archive }: DeskDeps,
  { account, id }: Scheduled,
  at: string,
): Promise<string | null> {
  const range = { account, from: at, until: new Date(Date.parse(at) + 1).toISOString() };
  const [slots, posts] = await Promise.all([
    archive.slots.list(range),
    archive.records.listDatedPosts({ ...range, limit: 2 }),
  ]);
  const holders = [...slots, ...posts.map(({ id: postId, title }) => ({ postId, title }))];
  const holder = holders.find(({ postId }) => postId !== id);
  return holder ? `“${printableText(holder.title || holder.postId, TITLE_LIMIT)}”` : null;
}

const postOf = async (reader: Reader, id: string): Promise<PostStatus | null> =>
  ID_PATTERN.test(id) ? reader.post(id) : null;
const isSame = (one: string, other: string): boolean => Date.parse(one) === Date.parse(other);

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
