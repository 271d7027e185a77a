import { slotActivities } from '../activities.js';
import { partOf, type Cell } from '../cell.js';
import { askArchive, owesSlot, placeAt, seeksSlot } from './state/claim.js';
import { enterStatus } from './state/decisions.js';
import { throwIfFinal } from './enter.js';
import type { PostReporter } from './reporter.js';
import type { Post } from './state/state.js';
import type { Task } from './task.js';

/** Has the post given its slot: the next free one, or the moment that a person named. */
export async function takeSlot(post: Cell<Post>, reporter: PostReporter): Promise<void> {
  throwIfFinal(post.value);
  // Others are told once it is known when the post goes out; the Temporal UI shows meanwhile that it is approved.
  partOf(post, 'decisions').change((now) => enterStatus(now, 'scheduled'));
  reporter.showDetails();
  const { slot } = post.value.decisions;
  const named = seeksSlot(post.value) ? null : slot;
  const { timeZone, slots: plan } = post.value.input.account;
  const week = plan?.week ?? {};
  const order = { ...newOrder(post), timeZone, week, named, from: new Date().toISOString() };
  const at = await slotActivities.takeSlot.executeWithOptions(
    { summary: named === null ? 'Take the next free slot' : `Take ${named}` },
    [order],
  );
  post.change((now) => placeAt(now, order.sequence, named ?? at));
}

/** Whether a slot is given back before the task is begun. Another slot takes its place, and what is published at once comes first. */
export const givesBackFirst = (task: Task, post: Post): boolean =>
  task.do !== 'take-slot' && task.do !== 'publish' && owesSlot(post);

/** Gives back the slot at which the post will not go out. */
export async function giveBackSlot(post: Cell<Post>): Promise<void> {
  const order = newOrder(post);
  await slotActivities.giveBackSlot.executeWithOptions({ summary: 'Give the slot back' }, [order]);
  post.change((now) => ({ ...now, claim: { sequence: order.sequence, at: null } }));
}

/** Counts the word before it goes out: one that is cut off may have been heard. */
function newOrder(post: Cell<Post>): { postId: string; account: string; sequence: number } {
  post.change((now) => ({ ...now, claim: askArchive(now.claim) }));
  const { input } = post.value;
  return { postId: input.id, account: input.account.handle, sequence: post.value.claim.sequence };
}
