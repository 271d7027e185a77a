import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { PUBLISH_FIRST } from '../contract/priority.js';
import { QUEUES } from '../contract/task-queues.js';

/**
 * The activities by how they fail. Each heartbeats, so that a killed worker is noticed in twenty seconds. What is free has bounded
 * attempts and a total time, after which the post waits for a person. The total time is long: it passes while no worker runs,
 * and a machine that was off for a weekend must not leave blocked posts behind.
 */
const HEARTBEAT = '20 seconds';
const TOTAL = '7 days';

/**
 * Paid calls. One attempt each: what follows it is decided in the workflow, which waits as well for an archive that is away or
 * money that others hold. A cancelled call is waited for: it has been paid, and its charge belongs on the record.
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
/** A reader waits for it. */
const { answer, embed } = proxyActivities<Pick<Activities, 'answer' | 'embed'>>({
  ...PAID,
  taskQueue: QUEUES.answer,
});
const { submit } = proxyActivities<Pick<Activities, 'submit'>>({ ...PAID, taskQueue: QUEUES.media });
export const paid = { plan, draft, answer, embed, submit };

/**
 * News, which a batch does without where it can't be had: three attempts of a minute at most, of which reading takes half. What
 * waits for a worker is not counted, since the plan would wait for the same one.
 */
export const news = proxyActivities<Pick<Activities, 'readNews'>>({
  taskQueue: QUEUES.text,
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1 second', maximumInterval: '10 seconds', maximumAttempts: 3 },
});

/** The archive may be down for long; what it is told or asked comes late rather than never. */
const PATIENT = {
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
} as const;

/** What a paid text call that died has cost. */
export const textActivities = proxyActivities<Pick<Activities, 'settleLost'>>({
  ...PATIENT,
  taskQueue: QUEUES.text,
});

/** Reads from the media provider, and copies of files: they cost nothing and may be repeated, for two hours of trouble. */
export const media = proxyActivities<
  Pick<Activities, 'collect' | 'adopt' | 'uploadFrame' | 'stop' | 'copyPost'>
>({
  taskQueue: QUEUES.media,
  startToCloseTimeout: '30 minutes',
  scheduleToCloseTimeout: TOTAL,
  heartbeatTimeout: HEARTBEAT,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds', maximumAttempts: 250 },
});

/**
 * Writing to a target. One attempt each: what follows it is decided in the workflow. A clip may take long to be uploaded and worked
 * on. A cancelled one is waited for: what is out belongs on the record.
 */
const { publish } = proxyActivities<Pick<Activities, 'publish'>>({
  taskQueue: QUEUES.publish,
  priority: PUBLISH_FIRST,
  scheduleToStartTimeout: TOTAL,
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: HEARTBEAT,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { maximumAttempts: 1 },
});
/** Reading from a target, which may be repeated; what takes longer is waited for in the workflow. */
const { findPublication } = proxyActivities<Pick<Activities, 'findPublication'>>({
  taskQueue: QUEUES.publish,
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '10 minutes',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});
export const publisher = { publish, findPublication };

/** The archive, a post's batch, and the Temporal Schedule of a run. */
export const archive = proxyActivities<
  Pick<
    Activities,
    | ('recordPost' | 'recordBatch' | 'takeSlot' | 'giveBackSlot')
    | ('readChat' | 'readTurn' | 'recordTurn' | 'readOverlap' | 'prepareBatch' | 'noteRun' | 'noteSkip')
  >
>({
  ...PATIENT,
  taskQueue: QUEUES.record,
});

/** Questions and requests of a batch to Temporal itself. */
export const watch = proxyActivities<Pick<Activities, 'lookAfter' | 'cancelBatch'>>({
  taskQueue: QUEUES.record,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 10 },
});
