import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { QUEUES } from '../contract/task-queues.js';

/**
 * The activities by how they fail. Each heartbeats, so that a killed worker is noticed in ten seconds; each has bounded
 * attempts and a total time, after which the post waits for a person. The total time is long: it goes on while no worker
 * runs, and who switched the machine off for a weekend must not come back to blocked posts.
 */
const HEARTBEAT = '10 seconds';
const TOTAL = '7 days';

/**
 * Paid text. A cancelled call is waited for: it has been paid, and its charge belongs on the record. The activity itself gives a
 * provider up after half an hour; what comes without end is an archive that is away.
 */
export const text = proxyActivities<Pick<Activities, 'plan' | 'draft'>>({
  taskQueue: QUEUES.text,
  startToCloseTimeout: '6 minutes',
  heartbeatTimeout: HEARTBEAT,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  scheduleToCloseTimeout: TOTAL,
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute', maximumAttempts: 10_000 },
});

/** A submit is sent once; what to do about its failure is the workflow's decision. */
export const submitOnce = proxyActivities<Pick<Activities, 'submit'>>({
  taskQueue: QUEUES.media,
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: HEARTBEAT,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { maximumAttempts: 1 },
});

/** Reads from the media provider, which cost nothing and may be repeated: for two hours of trouble. */
export const media = proxyActivities<Pick<Activities, 'collect' | 'adopt' | 'uploadFrame' | 'stop'>>({
  taskQueue: QUEUES.media,
  startToCloseTimeout: '30 minutes',
  scheduleToCloseTimeout: TOTAL,
  heartbeatTimeout: HEARTBEAT,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds', maximumAttempts: 250 },
});

/** Writing to a target. Every publisher we have takes the same edition twice as one publication, so it may be retried. */
export const publisher = proxyActivities<Pick<Activities, 'publish'>>({
  taskQueue: QUEUES.publish,
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: TOTAL,
  heartbeatTimeout: HEARTBEAT,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds', maximumAttempts: 250 },
});

/** The archive. It may be down for long; the record comes late rather than never. */
export const archive = proxyActivities<Pick<Activities, 'recordPost' | 'recordBatch'>>({
  taskQueue: QUEUES.record,
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** A receiver of reminders that is away for long is not waited for; the next reminder tries again. */
export const reminders = proxyActivities<Pick<Activities, 'remind'>>({
  taskQueue: QUEUES.record,
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute', maximumAttempts: 5 },
});

export const watch = proxyActivities<Pick<Activities, 'lookAfter'>>({
  taskQueue: QUEUES.record,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 10 },
});
