import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { NativeConnection } from '@temporalio/worker';
import { Runtime, Worker, DefaultLogger, type LogEntry } from '@temporalio/worker';
import { createActivities } from '../activities/index.js';
import { TASK_QUEUE } from '../contract/batch.js';
import type { Services } from '../services/services.js';
import { packageRoot } from './root.js';

/** How long running activities may finish when a worker stops; what is cut then is retried by the next worker. */
const GRACE = '10 seconds';

/**
 * How long the server holds a workflow's tasks for the worker that last had it. After a kill each query and signal waits
 * for this once, so it is well under the command's deadline of 10 s.
 */
const STICKY = '4 seconds';

export interface WorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly services: Services;
}

/** A worker for all of Copydesk's workflows and activities, with the workflow bundle that was built beforehand. */
export async function createWorker({ connection, namespace, services }: WorkerOptions): Promise<Worker> {
  const bundle = join(packageRoot(), 'dist', 'workflow-bundle.js');
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing; npm run build makes it`);
  return Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: bundle },
    activities: createActivities(services),
    identity: `copydesk@${hostname()}:${process.pid}`,
    shutdownGraceTime: GRACE,
    stickyQueueScheduleToStartTimeout: STICKY,
  });
}

/** Sends the worker's own log to stderr, warnings and worse only: stdout belongs to documents. */
export function quietRuntime(): void {
  const logger = new DefaultLogger('WARN', ({ level, message, meta }: LogEntry) => {
    process.stderr.write(
      `${level.toLowerCase()}: ${message}${meta?.error ? ` ${String(meta.error)}` : ''}\n`,
    );
  });
  Runtime.install({ logger, shutdownSignals: [] });
}
