import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import type { Outage } from '../outage.js';

const LOOK_EVERY_MS = 2_000;
const DEADLINE_MS = 5_000;

/** Looks again and again whether Temporal answers for the namespace, until `stop`. */
export async function watchTemporal(options: {
  connection: Connection;
  namespace: string;
  outage: Outage;
  stop: AbortSignal;
}): Promise<void> {
  const { connection, namespace, outage, stop } = options;
  while (!stop.aborted) {
    const error = await failureOf(connection, namespace);
    if (stop.aborted) return;
    if (error === null) outage.back();
    else outage.away(error);
    await sleep(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** Why it does not answer, in one line; null when it does. */
async function failureOf(connection: Connection, namespace: string): Promise<string | null> {
  try {
    await connection.withDeadline(Date.now() + DEADLINE_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return null;
  } catch (error) {
    const { details, message } = error as Error & { details?: string };
    return (details || message).split('\n', 1)[0] ?? '';
  }
}
