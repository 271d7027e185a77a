import { log, setHandler } from '@temporalio/workflow';
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
import { readDecision } from '../post/read-decision.js';
import { partOf, type Cell } from '../cell.js';
import { approveAll, hear, applyPause, applyResume } from './apply.js';
import { changeBudget, readBudget } from './money.js';
import { noteCanceller } from './orders.js';
import { readReport } from './read-report.js';
import type { Batch } from './state.js';
import { batchStatus } from './status.js';

/** Registers what a batch listens to. Handlers only note; the workflow's own loop acts. What can't be read is dropped. */
export function listenToBatch(batch: Cell<Batch>): void {
  const hasEnded = (): boolean => isBatchFinal(batch.value.progress.status);
  const isFromPerson = (raw: unknown): boolean => 'decision' in readDecision('resume', raw);

  setHandler(batchStatusQuery, () => batchStatus(batch.value), {
    description: 'The batch as it stands: counts, posts, costs',
  });
  setHandler(
    reportSignal,
    (raw) => {
      const report = readReport(raw);
      if (report) batch.change((now) => hear(now, report));
    },
    { description: 'Sent by its posts; not for people' },
  );
  setHandler(
    approveAllSignal,
    (raw) => {
      // An approval of all is an approval of each, so it is read as one.
      if (!('decision' in readDecision('approve', raw))) return;
      const { by, note, publishAt } = raw;
      const approved = approveAll(batch.value, { by, note, publishAt });
      if (approved) batch.change(() => approved);
      else log.warn('an approval was dropped: too many wait to be passed on', { by });
    },
    {
      description: 'Approve every post that waits now. {"by":"you"}, and if you like "note" and "publishAt"',
    },
  );
  setHandler(
    pauseSignal,
    (raw) => {
      if (!hasEnded() && isFromPerson(raw)) batch.change(applyPause);
    },
    { description: 'Start nothing more for now; what is at work goes on. {"by":"you"}' },
  );
  setHandler(
    resumeSignal,
    (raw) => {
      if (!hasEnded() && isFromPerson(raw)) batch.change(applyResume);
    },
    {
      description:
        'Continue: start posts again, plan again what is blocked, and resume the posts that a budget, a key or a provider account blocked. {"by":"you"}',
    },
  );
  setHandler(
    cancellingSignal,
    (raw) => {
      const read = readDecision('cancel', raw);
      if (hasEnded() || !('decision' in read)) return;
      const { by, note } = read.decision;
      const cancel = note === null ? { by } : { by, reason: note };
      partOf(batch, 'orders').change((now) => noteCanceller(now, cancel));
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
      if (change) partOf(batch, 'money').change((now) => changeBudget(now, change));
    },
    {
      description:
        'Change the budget of the batch, or with "of":"month" of its account. Then resume. {"by":"you","usd":12.5}',
    },
  );
}
