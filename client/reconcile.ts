import { randomInt } from 'node:crypto';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { QUEUES } from '../contract/task-queues.js';
import { newId } from '../contract/ids.js';
import {
  RECONCILE_WORKFLOW,
  reconcileWorkflowId,
  type ReconcileInput,
  type ReconcileProgress,
  type Reconciliation,
} from '../contract/reconcile.js';
import { runToEnd, within } from './wait.js';
import {
  REBUILD_WORKFLOW,
  rebuildStatusQuery,
  rebuildWorkflowId,
  type Rebuilt,
} from '../contract/rebuild.js';

const ASK_EVERY_MS = 1_000;
/** Longer than the workflow tries; after that it has failed by itself. */
const LONGEST = '1 hour';

/**
 * Starts the workflow that compares, and waits for its end.
 *
 * @param told hears how far it is, as its activity's last heartbeat says
 */
export async function runReconcile(
  client: Client,
  input: ReconcileInput,
  told: (progress: ReconcileProgress) => void,
): Promise<Reconciliation> {
  const handle = await within(client, () =>
    client.workflow.start<(input: ReconcileInput) => Promise<Reconciliation>>(RECONCILE_WORKFLOW, {
      workflowId: reconcileWorkflowId(newId((max) => randomInt(max))),
      taskQueue: QUEUES.workflows,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowExecutionTimeout: LONGEST,
      args: [input],
      staticSummary: "Compare the archive's charges with what was billed",
    }),
  );
  const ask = async (): Promise<void> => {
    const progress = progressIn(await within(client, () => handle.describe()));
    if (progress) told(progress);
  };
  return runToEnd(handle, { everyMs: ASK_EVERY_MS, ask });
}

/** The details of the last heartbeat, which are JSON; null before the first. */
function progressIn({ raw }: WorkflowExecutionDescription): ReconcileProgress | null {
  const data = raw.pendingActivities?.[0]?.heartbeatDetails?.payloads?.[0]?.data;
  return data ? (JSON.parse(new TextDecoder().decode(data)) as ReconcileProgress) : null;
}

const ASK_REBUILD_EVERY_MS = 500;

/**
 * Starts the workflow that rebuilds, and waits for its end.
 *
 * @param told hears how far it is
 */
export async function runRebuild(client: Client, told: (progress: Rebuilt) => void): Promise<Rebuilt> {
  const handle = await within(client, () =>
    client.workflow.start<() => Promise<Rebuilt>>(REBUILD_WORKFLOW, {
      workflowId: rebuildWorkflowId(newId((max) => randomInt(max))),
      taskQueue: QUEUES.workflows,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [],
      staticSummary: 'Rebuild the archive from what Temporal knows',
    }),
  );
  const ask = async (): Promise<void> => {
    const known = client.workflow.getHandle(handle.workflowId);
    told(await within(client, () => known.query(rebuildStatusQuery)));
  };
  return runToEnd(handle, { everyMs: ASK_REBUILD_EVERY_MS, ask });
}
