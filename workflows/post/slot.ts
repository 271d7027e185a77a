import { condition } from '@temporalio/workflow';
import { partOf, type Cell } from '../cell.js';
import { isPostDue } from './carry-over.js';
import { atSlot, askArchive, owesSlot, placeAt, seeksSlot } from './state/claim.js';
import { askAgain, enterStatus, noteDecision, seekSlot, type Decisions } from './state/decisions.js';
import { enter, type PostReporter, throwIfFinal } from './reporter.js';
import type { Post } from './state/state.js';
import { archive } from '../activities.js';
import type { Task } from './task.js';

/** Waits for the time at which the post goes out, unless a person changes the post or the time in the meantime. */
export async function waitForSlot(post: Cell<Post>, reporter: PostReporter): Promise<void> {
  const decisions = partOf(post, 'decisions');
  const { slot, revision } = decisions.value;
  if (slot === null) return;
  enter(post, reporter, 'scheduled');
  const stays = (): boolean => {
    const { status, revision: now, slot: then } = decisions.value;
    return status === 'scheduled' && now === revision && then === slot;
  };
  const wait = Math.max(1, Date.parse(slot) - Date.now());
  const left = await condition(() => !stays() || isPostDue(reporter), wait, {
    summary: `Publish at ${slot}`,
  });
  // A decision may have come with the timer, and counts.
  if (!left && stays()) comeToSlot(post, slot);
}

function comeToSlot(post: Cell<Post>, slot: string): void {
  const decisions = partOf(post, 'decisions');
  const now = new Date();
  switch (atSlot(post.value, Date.parse(slot), now.getTime())) {
    case 'next':
      return decisions.change((before) =>
        noteMissed(seekSlot(before), slot, 'it takes the next free slot', now),
      );
    case 'ask':
      return decisions.change((before) =>
        noteMissed(askAgain(before, now), slot, 'it is asked for again', now),
      );
    default:
      return decisions.change((before) => enterStatus(before, 'publishing'));
  }
}

function noteMissed(decisions: Decisions, slot: string, then: string, now: Date): Decisions {
  const note = `the slot ${slot} went by while nothing ran; ${then}`;
  const entry = { decision: 'reschedule', by: 'copydesk', note, counted: true } as const;
  return noteDecision(decisions, entry, { revision: decisions.revision, gate: null }, now);
}

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
  const at = await archive.takeSlot.executeWithOptions(
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
  await archive.giveBackSlot.executeWithOptions({ summary: 'Give the slot back' }, [order]);
  post.change((now) => ({ ...now, claim: { sequence: order.sequence, at: null } }));
}

/** Counts the word before it goes out: one that is cut off may have been heard. */
function newOrder(post: Cell<Post>): { postId: string; account: string; sequence: number } {
  post.change((now) => ({ ...now, claim: askArchive(now.claim) }));
  const { input } = post.value;
  return { postId: input.id, account: input.account.handle, sequence: post.value.claim.sequence };
}
