import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { TASK_QUEUE } from '../../contract/batch.js';
import { newId } from '../../contract/ids.js';
import { REBUILD_WORKFLOW, rebuildStatusQuery, rebuildWorkflowId } from '../../contract/rebuild.js';
import type { Rebuilt } from '../../contract/rebuild.js';

const ASK_EVERY_MS = 500;
const ANSWER_MS = 10_000;

/**
 * Starts the workflow that rebuilds, and waits for its end.
 *
 * @param told hears how far it is
 */
export async function runRebuild(client: Client, told: (progress: Rebuilt) => void): Promise<Rebuilt> {
  const handle = await client.withDeadline(Date.now() + ANSWER_MS, () =>
    client.workflow.start<() => Promise<Rebuilt>>(REBUILD_WORKFLOW, {
      workflowId: rebuildWorkflowId(newId((max) => randomInt(max))),
      taskQueue: TASK_QUEUE,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [],
      staticSummary: 'Rebuild the archive from what Temporal knows',
    }),
  );
  const ended = new AbortController();
  const result = handle.result().finally(() => ended.abort());
  const watching = watch(ended.signal, async () => {
    told(
      await client.withDeadline(Date.now() + ANSWER_MS, () =>
        client.workflow.getHandle(handle.workflowId).query(rebuildStatusQuery),
      ),
    );
  });
  const rebuilt = await result.finally(() => watching);
  return rebuilt;
}

/** Asks again and again. A question that fails is no news: the result will tell. */
async function watch(ended: AbortSignal, ask: () => Promise<void>): Promise<void> {
  while (!ended.aborted) {
    await ask().catch(() => {});
    await sleep(ASK_EVERY_MS, undefined, { signal: ended }).catch(() => {});
  }
}
