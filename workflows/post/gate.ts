import { CancelledFailure, condition } from '@temporalio/workflow';
import { isAtWork, isFinal, type Gate } from '../../contract/states.js';
import { partOf, type Cell } from '../cell.js';
import {
  nextAlarm,
  expire,
  isStillOpen,
  noteDecision,
  noteReminder,
  openGate,
  type Decisions,
  type Opening,
} from './state/decisions.js';
import { isPostDue } from './carry-over.js';
import { enter, throwIfFinal, type PostReporter } from './reporter.js';
import type { StepRow } from './state/rows.js';
import type { Post } from './state/state.js';
import { rowCell } from './state/work.js';

/**
 * Opens a gate and waits for a person, for as long as that takes: reminding, and in the end expiring, as the account says.
 * Comes back early, with the gate open, when it is time to continue as new.
 */
export async function waitAtGate(post: Cell<Post>, reporter: PostReporter, gate: Gate): Promise<void> {
  // A cancel may have come while a picture or clip, which is waited for, was under way.
  throwIfFinal(post.value);
  const decisions = partOf(post, 'decisions');
  decisions.change((now) => openGate(now, gate, new Date()));
  // Before anything is waited for: a decision may come while others are being told.
  const opening = decisions.value.opening as Opening;
  const row = rowCell(partOf(post, 'work'), 'review');
  row.change((now) => ({ ...now, state: 'running', note: `gate ${gate}` }));
  enter(post, reporter, 'awaiting_approval');
  await waitForDecision(post, reporter, opening);
  if (isStillOpen(decisions.value, opening)) return;
  row.change((now) => reviewedRow(now, decisions.value, gate));
  // Its batch counts the posts at work; one that is about to be published says so when it is.
  const { status } = decisions.value;
  if (isAtWork(status) && status !== 'publishing') reporter.notifyBatch();
}

function reviewedRow(row: StepRow, { log, passed }: Decisions, gate: Gate): StepRow {
  const last = log.entries.findLast((entry) => entry.counted);
  const note = last?.decision === 'approve' ? `gate ${gate} approved by ${last.by}` : null;
  return { ...row, state: passed.includes('publish') ? 'done' : 'pending', at: last?.at ?? null, note };
}

/** Waits until the gate is closed or reopened by a decision, or until it is time to continue as new. */
async function waitForDecision(post: Cell<Post>, reporter: PostReporter, opening: Opening): Promise<void> {
  const decisions = partOf(post, 'decisions');
  const { remindAfter, expireAfter } = post.value.input.account.review;
  const opened = Date.parse(opening.since);
  // A rejection or a cancel ends the scope that this runs in; what is left is an approval, a revision or an edit.
  const isDecided = (): boolean => !isStillOpen(decisions.value, opening) && !isFinal(decisions.value.status);
  const leaves = (): boolean => isDecided() || isPostDue(reporter);
  for (;;) {
    const { reminded } = decisions.value.opening ?? opening;
    const alarm = nextAlarm({ opened, remindAfter, expireAfter, reminded });
    if (!alarm) return condition(leaves);
    const summary = alarm.kind === 'expire' ? 'Expires' : 'Reminder';
    if (await condition(leaves, Math.max(1, alarm.at - Date.now()), { summary })) return;
    // A decision may have come with the timer, and counts.
    if (isDecided()) return;
    throwIfFinal(post.value);
    if (alarm.kind === 'expire') expireAt(decisions, opening);
    decisions.change((now) => noteReminder(now, new Date()));
    reporter.announceReminder();
  }
}

function expireAt(decisions: Cell<Decisions>, opening: Opening): never {
  const entry = {
    decision: 'expire',
    by: 'copydesk',
    note: 'nobody decided in time',
    counted: true,
  } as const;
  decisions.change((now) => noteDecision(expire(now), entry, opening, new Date()));
  // Ends the scope like a rejection does.
  throw new CancelledFailure('the post has expired');
}
