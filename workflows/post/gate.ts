import { CancelledFailure, condition } from '@temporalio/workflow';
import { isAtWork, isFinal, type Gate } from '../../contract/states.js';
import { nextAlarm } from './alarm.js';
import { isDue } from './carry-over.js';
import { isStillOpen, noteReminder, openGate, type Opening } from './opening.js';
import { remind } from './remind.js';
import { noteReview } from './review-log.js';
import { rowOf, type PostRun } from './run.js';
import type { Teller } from './tell.js';

/**
 * Opens a gate and waits for a person, for as long as that takes: reminding, and in the end expiring, as the account says.
 * Comes back early, with the gate open, when it is time to continue as new.
 */
export async function waitAtGate(run: PostRun, teller: Teller, gate: Gate): Promise<void> {
  openGate(run, gate, new Date());
  // Before anything is waited for: a decision may come while others are being told.
  const opening = run.opening as Opening;
  const row = rowOf(run, 'review');
  Object.assign(row, { state: 'running', note: `gate ${gate}` });
  teller.enter('awaiting_approval');
  await decided(run, teller, opening);
  if (isStillOpen(run, opening)) return;
  const approval = run.review.findLast((entry) => entry.counted);
  const note = approval?.decision === 'approve' ? `gate ${gate} approved by ${approval.by}` : null;
  const passed = run.passed.includes('publish');
  Object.assign(row, { state: passed ? 'done' : 'pending', at: approval?.at ?? null, note });
  // Its batch counts the posts at work; one that is about to be published says so when it is.
  if (isAtWork(run.status) && run.status !== 'publishing') teller.report();
}

/** Waits until the gate is closed or reopened by a decision, or until it is time to continue as new. */
async function decided(run: PostRun, teller: Teller, opening: Opening): Promise<void> {
  const { remindAfter, expireAfter } = run.input.account.review;
  const opened = Date.parse(opening.since);
  // A rejection or a cancel ends the scope that this runs in; what is left is an approval, a revision or an edit.
  const isDecided = (): boolean => !isStillOpen(run, opening) && !isFinal(run.status);
  const leaves = (): boolean => isDecided() || isDue(teller);
  for (;;) {
    const { reminded } = run.opening ?? opening;
    const alarm = nextAlarm({ opened, remindAfter, expireAfter, reminded });
    if (!alarm) return condition(leaves);
    const summary = alarm.kind === 'expire' ? 'Expires' : 'Reminder';
    if (await condition(leaves, Math.max(1, alarm.at - Date.now()), { summary })) return;
    // A decision may have come with the timer, and counts.
    if (isDecided()) return;
    if (isFinal(run.status)) throw new CancelledFailure(`the post is ${run.status}`);
    if (alarm.kind === 'expire') expire(run, opening);
    noteReminder(run, new Date());
    teller.note();
    // Nobody waits for the receiver of a reminder: a decision or the expiry may come first.
    teller.aside(remind(run));
  }
}

function expire(run: PostRun, { revision, gate }: Opening): never {
  const entry = {
    decision: 'expire',
    by: 'copydesk',
    note: 'nobody decided in time',
    counted: true,
  } as const;
  noteReview(run, entry, { revision, gate }, new Date());
  // Ends the scope like a rejection does.
  Object.assign(run, { status: 'expired', opening: null });
  throw new CancelledFailure('the post has expired');
}
