import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type NativeConnection, type WorkerOptions, Worker } from '@temporalio/worker';
import { createActivities, type Activities } from '../activities/index.js';
import { ACTIVITY_QUEUE, QUEUE_NAMES, QUEUES, type QueueName } from '../contract/task-queues.js';
import type { Services } from '../services/services.js';
import { packageRoot } from '../services/package-root.js';
import { installRuntime } from './runtime.js';

/** How much longer than the grace a call that does not let itself be cancelled may hold the process up. */
const FORCE_AFTER_MS = 15_000;

/**
 * How long the server holds a workflow's tasks for the worker that last had it. After a kill each query and signal waits
 * for this once, so it is well under the command's deadline of 10 s.
 */
const STICKY = '4 seconds';

/**
 * How long one turn of a workflow may take, by the wall clock. A flood of signals can come in one turn, at half a millisecond
 * each, and a machine can be busy. After 5 s the SDK would cut the turn off, which ends the whole process with Node 22 ("async
 * hook stack has become corrupted"). SDK 1.24 takes this option without listing it in its type.
 */
const TURN = { isolateExecutionTimeout: '30 seconds' };

/**
 * How many workflows are kept ready for their next task: all that are at work in four batches. Each holds 65 KB (measured), and one
 * that is not kept is replayed when it is needed, which those that wait for a person can afford.
 */
const CACHED = 250;

/**
 * How many activities of a queue a worker runs at a time, and how many ask for the next. A slot costs nothing while its
 * activity waits: `media` has one for each picture and clip that fal is at work on.
 */
export const CAPACITY: Readonly<Record<Exclude<QueueName, 'workflows'>, { slots: number; polls: number }>> = {
  text: { slots: 250, polls: 4 },
  answer: { slots: 100, polls: 4 },
  media: { slots: 500, polls: 4 },
  publish: { slots: 50, polls: 2 },
  deliver: { slots: 100, polls: 2 },
  record: { slots: 100, polls: 4 },
};

export interface CreateOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly services: Services;
  /** In place of those over the services, for tests. */
  readonly activities?: Activities;
  /** How long running activities may finish when the worker stops; what is cut then is retried by another worker. */
  readonly graceMs?: number;
  /** How many plans and drafts the queue of text hands out to all workers in a minute; no limit when left out. */
  readonly textPerMinute?: number | null;
}

/** The worker of one queue. Only that of `workflows` loads the workflow bundle, which was built beforehand. */
export async function createWorker(queue: QueueName, options: CreateOptions): Promise<Worker> {
  const { connection, namespace, graceMs = 10_000 } = options;
  return Worker.create({
    connection,
    namespace,
    taskQueue: QUEUES[queue],
    identity: `copydesk@${hostname()}:${process.pid}`,
    shutdownGraceTime: graceMs,
    shutdownForceTime: graceMs + FORCE_AFTER_MS,
    ...(queue === 'workflows' ? workflowOptions() : activityOptions(queue, options)),
  });
}

/** The workers of several queues as one: it runs, and stops, as a whole. All queues when none are named. */
export async function createWorkers({
  queues = QUEUE_NAMES,
  ...options
}: CreateOptions & { readonly queues?: readonly QueueName[] }): Promise<Pick<Worker, 'run' | 'shutdown'>> {
  const workers = await Promise.all(queues.map((queue) => createWorker(queue, options)));
  return {
    run: async () => void (await Promise.all(workers.map((worker) => worker.run()))),
    shutdown: () => workers.forEach((worker) => worker.shutdown()),
  };
}

function workflowOptions(): Partial<WorkerOptions> {
  const codePath = join(packageRoot(), 'dist', 'workflow-bundle.js');
  if (!existsSync(codePath)) throw new Error(`${codePath} is missing; npm run build makes it`);
  return {
    workflowBundle: { codePath },
    maxCachedWorkflows: CACHED,
    stickyQueueScheduleToStartTimeout: STICKY,
    ...TURN,
  };
}

function activityOptions(
  queue: Exclude<QueueName, 'workflows'>,
  { services, activities = createActivities(services), textPerMinute = null }: CreateOptions,
): Partial<WorkerOptions> {
  const { slots, polls } = CAPACITY[queue];
  return {
    activities: activitiesOf(queue, activities),
    maxConcurrentActivityTaskExecutions: slots,
    maxConcurrentActivityTaskPolls: polls,
    ...(queue === 'text' &&
      textPerMinute !== null && { maxTaskQueueActivitiesPerSecond: textPerMinute / 60 }),
    // A cancellation reaches an activity with the answer to a heartbeat, and what it is about to do must be known before it ends
    // this process; the SDK would hold heartbeats back for 8 s.
    maxHeartbeatThrottleInterval: '200 milliseconds',
  };
}

function activitiesOf(queue: QueueName, activities: Activities): object {
  const queueOf: Readonly<Record<string, QueueName>> = ACTIVITY_QUEUE;
  return Object.fromEntries(Object.entries(activities).filter(([name]) => queueOf[name] === queue));
}

/** The runtime of programs that are not a worker for long, and of tests: warnings and worse only, no metrics. */
export function quietRuntime(): void {
  installRuntime({ log: null, metrics: null }, 'warn');
}
