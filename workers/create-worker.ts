import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { NativeConnection } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import { createActivities, type Activities } from '../activities/index.js';
import { TASK_QUEUE } from '../contract/batch.js';
import type { Services } from '../services/services.js';
import { packageRoot } from './root.js';
import { installRuntime } from './runtime.js';

/** How long running activities may finish when a worker stops; what is cut then is retried by the next worker. */
const GRACE = '10 seconds';

/** A call that does not let itself be cancelled after the grace must not hold the process up. */
const FORCE = '15 seconds';

/**
 * How long the server holds a workflow's tasks for the worker that last had it. After a kill each query and signal waits
 * for this once, so it is well under the command's deadline of 10 s.
 */
const STICKY = '4 seconds';

export interface WorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly services: Services;
  /** In place of those over the services, for tests. */
  readonly activities?: Activities;
}

/** A worker for all of Copydesk's workflows and activities, with the workflow bundle that was built beforehand. */
export async function createWorker({
  connection,
  namespace,
  services,
  activities = createActivities(services),
}: WorkerOptions): Promise<Worker> {
  const bundle = join(packageRoot(), 'dist', 'workflow-bundle.js');
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing; npm run build makes it`);
  return Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: bundle },
    activities,
    identity: `copydesk@${hostname()}:${process.pid}`,
    // A cancellation reaches an activity with the answer to a heartbeat; the SDK would hold them back for 8 s.
    maxHeartbeatThrottleInterval: '2 seconds',
    shutdownGraceTime: GRACE,
    shutdownForceTime: FORCE,
    stickyQueueScheduleToStartTimeout: STICKY,
  });
}

/** The runtime of programs that are not a worker for long, and of tests: warnings and worse only, no metrics. */
export function quietRuntime(): void {
  installRuntime({ log: null, metrics: null }, 'warn');
}
