import { condition } from '@temporalio/workflow';
import { partOf, type Cell } from '../cell.js';
import { isPostDue } from './carry-over.js';
import { atSlot } from './state/claim.js';
import { askAgain, enterStatus, noteDecision, seekSlot, type Decisions } from './state/decisions.js';
import { enter } from './enter.js';
import type { PostReporter } from './reporter.js';
import type { Post } from './state/state.js';

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
