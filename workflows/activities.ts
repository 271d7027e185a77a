import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';

/**
 * The activities by how they fail. Each heartbeats, so that a killed worker is noticed in ten seconds; each has bounded
 * attempts, after which the post waits for a person.
 */
const HEARTBEAT = '10 seconds';

/** Paid text. A cancelled call is waited for: it has been paid, and its charge belongs on the record. */
export const text = proxyActivities<Pick<Activities, 'plan' | 'draft'>>({
  startToCloseTimeout: '6 minutes',
  heartbeatTimeout: HEARTBEAT,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute', maximumAttempts: 8 },
});

/** A submit is sent once; what to do about its failure is the workflow's decision. */
export const submitOnce = proxyActivities<Pick<Activities, 'submit'>>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: HEARTBEAT,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { maximumAttempts: 1 },
});

/** Reads from the media provider, which cost nothing and may be repeated. */
export const media = proxyActivities<Pick<Activities, 'collect' | 'adopt' | 'uploadFrame'>>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: HEARTBEAT,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds', maximumAttempts: 20 },
});

/** Writing to a target. Every publisher we have takes the same edition twice as one publication, so it may be retried. */
export const publisher = proxyActivities<Pick<Activities, 'publish'>>({
  startToCloseTimeout: '2 minutes',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds', maximumAttempts: 20 },
});

/** The archive. It may be down for long; the record comes late rather than never. */
export const archive = proxyActivities<Pick<Activities, 'recordPost' | 'recordBatch'>>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** A receiver of reminders that is away for long is not waited for; the next reminder tries again. */
export const reminders = proxyActivities<Pick<Activities, 'remind'>>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute', maximumAttempts: 5 },
});

export const watch = proxyActivities<Pick<Activities, 'lookAfter'>>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 10 },
});
