import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import type { Reconciliation, ReconcileInput } from '../contract/reconcile.js';
import { QUEUES } from '../contract/task-queues.js';

/** Reads and writes that may be repeated as a whole. The heartbeat tells how far it is, which the command shows. */
const compare = proxyActivities<Pick<Activities, 'reconcile'>>({
  taskQueue: QUEUES.media,
  startToCloseTimeout: '30 minutes',
  scheduleToCloseTimeout: '45 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds', maximumAttempts: 8 },
});

/** Compares what the archive holds with what the media provider billed, and answers with the comparison. */
export function reconcile(input: ReconcileInput): Promise<Reconciliation> {
  return compare.reconcile.executeWithOptions(
    { summary: 'Ask what was billed, keep the bills and compare' },
    [input],
  );
}
