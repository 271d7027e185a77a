import { patched, setHandler } from '@temporalio/workflow';
import { NEEDS_CONFIRMATION } from '../../contract/budget.js';
import {
  approveAllSignal,
  batchStatusQuery,
  cancellingSignal,
  pauseSignal,
  reportSignal,
  resumeSignal,
  setBudgetSignal,
} from '../../contract/messages.js';
import { isBatchFinal } from '../../contract/states.js';
import { readDecision } from '../post/message.js';
import { readReport } from './read-report.js';
import { approvalOfWaiting, hear, statusOf, type BatchRun } from './run.js';
import { readBudget } from './set-budget.js';
import { batchStatus } from './status.js';

/** Registers what a batch listens to. Handlers only note; the workflow's own loop acts. What can't be read is dropped. */
export function listenToBatch(run: BatchRun): void {
  const isFrom = (raw: unknown): boolean =>
    !isBatchFinal(run.status) && 'decision' in readDecision('resume', raw);

  setHandler(batchStatusQuery, () => batchStatus(run), {
    description: 'The batch as it stands: counts, posts, costs',
  });
  setHandler(
    reportSignal,
    (raw) => {
      const report = readReport(raw);
      if (report) hear(run, report);
    },
    { description: 'Sent by its posts; not for people' },
  );
  setHandler(
    approveAllSignal,
    (raw) => {
      // An approval of all is an approval of each, so it is read as one.
      if (!('decision' in readDecision('approve', raw))) return;
      const { by, note, publishAt } = raw;
      run.approvals.push(approvalOfWaiting(run, { by, note, publishAt }));
    },
    {
      description: 'Approve every post that waits now. {"by":"you"}, and if you like "note" and "publishAt"',
    },
  );
  setHandler(
    pauseSignal,
    (raw) => {
      if (!isFrom(raw)) return;
      run.paused = true;
      if (run.status !== 'blocked') run.status = statusOf(run);
    },
    { description: 'Start nothing more for now; what is at work goes on. {"by":"you"}' },
  );
  setHandler(
    resumeSignal,
    (raw) => {
      if (!isFrom(raw)) return;
      run.paused = false;
      run.resumed = true;
      if (run.error?.type === NEEDS_CONFIRMATION) run.confirmed = true;
      run.error = null;
      run.status = statusOf(run);
    },
    {
      description:
        'Go on: with starting posts, with a plan that is blocked, with posts blocked by the budget. {"by":"you"}',
    },
  );
  setHandler(
    cancellingSignal,
    (raw) => {
      const read = readDecision('cancel', raw);
      if (isBatchFinal(run.status) || !('decision' in read)) return;
      const { by, note } = read.decision;
      run.cancelledBy = note === null ? { by } : { by, reason: note };
    },
    {
      description:
        'Who is about to cancel the batch, for the record of its posts; the cancellation itself is requested after it. {"by":"you"}, and if you like "reason"',
    },
  );
  setHandler(
    setBudgetSignal,
    (raw) => {
      const change = readBudget(raw);
      if (!change) return;
      if (change.of === 'month') run.monthBudget = change.amount;
      else run.budget = change.amount;
      // Batches of before 0.2 told the archive of it with their next record.
      if (patched('budget-told')) run.budgetUntold = true;
    },
    {
      description:
        'Change the budget of the batch, or with "of":"month" of its account. Then resume. {"by":"you","usd":12.5}',
    },
  );
}
