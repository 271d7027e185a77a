import { setHandler } from '@temporalio/workflow';
import { approveAllSignal, batchStatusQuery, reportSignal, resumeSignal } from '../../contract/messages.js';
import { readDecision } from '../post/message.js';
import { hear, type BatchRun } from './run.js';
import { batchStatus } from './status.js';

/** Registers what a batch listens to. Handlers only note; the workflow's own loop acts. */
export function listenToBatch(run: BatchRun): void {
  setHandler(batchStatusQuery, () => batchStatus(run), {
    description: 'The batch as it stands: counts, posts, costs',
  });
  setHandler(reportSignal, (report) => hear(run, report), {
    description: 'Sent by its posts; not for people',
  });
  setHandler(
    approveAllSignal,
    (raw) => {
      // An approval of all is an approval of each, so it is read as one.
      if ('decision' in readDecision('approve', raw)) run.approvals.push(raw);
    },
    {
      description:
        'Approve every post that waits now. { "by": "you", "note"?: "…", "publishAt"?: "2026-12-01T09:00:00Z" }',
    },
  );
  setHandler(
    resumeSignal,
    (raw) => {
      if (run.status === 'blocked' && 'decision' in readDecision('resume', raw)) run.status = 'planning';
    },
    { description: 'Try the plan again that the batch is blocked at. { "by": "you", "note"?: "…" }' },
  );
}
