import { randomInt } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { QUEUES } from '../contract/task-queues.js';
import { newId } from '../contract/ids.js';
import { REBUILD_WORKFLOW, rebuildStatusQuery, rebuildWorkflowId } from '../contract/rebuild.js';
import type { Rebuilt } from '../contract/rebuild.js';
import { runToEnd, within } from './run-to-end.js';

const ASK_EVERY_MS = 500;

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
  return runToEnd(handle, { everyMs: ASK_EVERY_MS, ask });
}
