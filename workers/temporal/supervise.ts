import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import type { Outage } from '../outage.js';
import { Restarts } from '../restarts.js';
import type { DevServer } from './server-process.js';

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

/** A server that is started again when it ends without being asked to. */
export interface KeptServer {
  /** Where the UI of the one that runs by now listens. */
  readonly uiUrl: string;
  /** Rejects when it ended too often. */
  readonly failed: Promise<never>;
  /** Ends it, whichever it is by now. */
  stop(): Promise<void>;
}

const PAUSE_MS = 500;

/**
 * Keeps the embedded Temporal server serving: one that was killed is started again over the same database.
 *
 * @param reopen starts it, or takes it over, as at the first time.
 */
export function keepServing(
  server: DevServer,
  { reopen, say }: { reopen: () => Promise<DevServer>; say: (line: string) => void },
): KeptServer {
  const restarts = new Restarts();
  let current = server;
  let stopping = false;

  const again = async (): Promise<void> => {
    let why = 'ended unexpectedly';
    for (;;) {
      if (!restarts.allow()) throw new Error(`The Temporal server does not stay up; the last time it ${why}`);
      say(`The Temporal server ${why}; it is started again over the same database`);
      try {
        current = await reopen();
        return;
      } catch (error) {
        why = `could not be started: ${error instanceof Error ? error.message : String(error)}`;
        await sleep(PAUSE_MS);
        if (stopping) return;
      }
    }
  };
  const keep = async (): Promise<void> => {
    for (;;) {
      await current.exited;
      if (stopping) return;
      await again();
      if (stopping) return;
      say(`The Temporal server serves ${current.address} again`);
    }
  };
  const kept = keep();
  const failed = new Promise<never>((_resolve, reject) => void kept.catch(reject));
  failed.catch(() => undefined);
  return {
    get uiUrl() {
      return current.uiUrl;
    },
    failed,
    async stop() {
      stopping = true;
      await current.stop();
      // A start that was under way has made a new one.
      await kept.catch(() => undefined);
      await current.stop();
    },
  };
}
