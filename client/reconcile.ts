import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { TASK_QUEUE } from '../contract/batch.js';
import { newId } from '../contract/ids.js';
import { RECONCILE_WORKFLOW, reconcileWorkflowId } from '../contract/reconcile.js';
import type { ReconcileInput, ReconcileProgress, Reconciliation } from '../contract/reconcile.js';

const ASK_EVERY_MS = 1_000;
const ANSWER_MS = 10_000;
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
  const within = <T>(call: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + ANSWER_MS, call);
  const handle = await within(() =>
    client.workflow.start<(input: ReconcileInput) => Promise<Reconciliation>>(RECONCILE_WORKFLOW, {
      workflowId: reconcileWorkflowId(newId((max) => randomInt(max))),
      taskQueue: TASK_QUEUE,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowExecutionTimeout: LONGEST,
      args: [input],
      staticSummary: "Compare the archive's charges with what was billed",
    }),
  );
  const ended = new AbortController();
  const result = handle.result().finally(() => ended.abort());
  const watching = watch(ended.signal, async () => {
    const progress = progressIn(await within(() => handle.describe()));
    if (progress) told(progress);
  });
  return result.finally(() => watching);
}

/** Asks again and again. A question that fails is no news: the result will tell. */
async function watch(ended: AbortSignal, ask: () => Promise<void>): Promise<void> {
  while (!ended.aborted) {
    await ask().catch(() => {});
    await sleep(ASK_EVERY_MS, undefined, { signal: ended }).catch(() => {});
  }
}

/** The details of the last heartbeat, which are JSON; null before the first. */
function progressIn({ raw }: WorkflowExecutionDescription): ReconcileProgress | null {
  const data = raw.pendingActivities?.[0]?.heartbeatDetails?.payloads?.[0]?.data;
  return data ? (JSON.parse(new TextDecoder().decode(data)) as ReconcileProgress) : null;
}
