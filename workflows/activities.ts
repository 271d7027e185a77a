import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { QUEUES } from '../contract/task-queues.js';

/**
 * The activities by how they fail. Each heartbeats, so that a killed worker is noticed in twenty seconds. What is free has bounded
 * attempts and a total time, after which the post waits for a person. The total time is long: it passes while no worker runs,
 * and a machine that was off for a weekend must not leave blocked posts behind.
 */
const HEARTBEAT = '20 seconds';
const TOTAL = '7 days';

/**
 * Paid calls. One attempt each: what follows it is decided in the workflow. It may wait half an hour for an archive that is away
 * before it sends anything. A cancelled call is waited for: it has been paid, and its charge belongs on the record.
 */
const PAID = {
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: HEARTBEAT,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { maximumAttempts: 1 },
} as const;
const { plan, draft } = proxyActivities<Pick<Activities, 'plan' | 'draft'>>({
  ...PAID,
  taskQueue: QUEUES.text,
});
const { submit } = proxyActivities<Pick<Activities, 'submit'>>({ ...PAID, taskQueue: QUEUES.media });
export const paid = { plan, draft, submit };

/** What a paid text call that died has cost: a look into the archive, however long that is away. */
export const text = proxyActivities<Pick<Activities, 'settleLost'>>({
  taskQueue: QUEUES.text,
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
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

/** The archive, and a post's batch. The archive may be down for long; the record comes late rather than never. */
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

/** Questions and requests of a batch to Temporal itself. */
export const watch = proxyActivities<Pick<Activities, 'lookAfter' | 'cancelBatch'>>({
  taskQueue: QUEUES.record,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 10 },
});
