import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from '@temporalio/worker';
import { Restarts } from './restarts.js';

/** A worker that polls for good. */
export interface KeptWorker {
  /** Rejects when it can't go on. */
  readonly failed: Promise<never>;
  /** Stops polling at once and lets running activities finish, within their grace. May be called again, to wait with others. */
  stop(): Promise<void>;
}

const PAUSE_MS = 1_000;

/**
 * Runs a worker, and makes another when it fails. The SDK polls on through an outage, but when the first answer after more
 * than a minute of it says anything else than "unavailable" (a server that has just started does not know its namespaces
 * yet) it takes that for final and the worker fails.
 *
 * @param name of its queue, for the line that says so.
 * @param create makes a worker; rejects while the server is away.
 */
export function keepPolling(
  first: Worker,
  { name, create, say }: { name: string; create: () => Promise<Worker>; say: (line: string) => void },
): KeptWorker {
  const restarts = new Restarts();
  let worker = first;
  let stopping = false;

  const another = async (): Promise<Worker | null> => {
    while (!stopping) {
      try {
        return await create();
      } catch {
        await sleep(PAUSE_MS);
      }
    }
    return null;
  };
  const poll = async (): Promise<void> => {
    for (;;) {
      const ran = worker.run();
      // A stop came while this one was made.
      if (stopping) worker.shutdown();
      const error = await ran.then(
        () => new Error('the worker stopped by itself'),
        (cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause))),
      );
      if (stopping) return;
      if (!restarts.allow()) throw error;
      say(`The worker of ${name} failed (${error.message.split('\n', 1)[0]}); another takes its place`);
      const next = await another();
      if (!next) return;
      worker = next;
    }
  };
  const polling = poll();
  const failed = new Promise<never>((_resolve, reject) => void polling.catch(reject));
  failed.catch(() => undefined);
  return {
    failed,
    async stop() {
      stopping = true;
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await polling.catch(() => undefined);
    },
  };
}

/** Several as one: when one can't go on, none does. */
export function together(kept: readonly KeptWorker[]): KeptWorker {
  return {
    failed: Promise.race(kept.map((one) => one.failed)),
    stop: async () => void (await Promise.all(kept.map((one) => one.stop()))),
  };
}
