import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';

const ANSWER_MS = 10_000;

/** One question to the server, which it answers within 10 seconds or not at all. */
export const within = <T>(client: Client, call: () => Promise<T>): Promise<T> =>
  client.withDeadline(Date.now() + ANSWER_MS, call);

/**
 * Waits for a workflow's result, however long that takes, asking meanwhile how far it is. A question that fails is no news:
 * the result will tell.
 */
export async function runToEnd<T>(
  handle: { result(): Promise<T> },
  { everyMs, ask }: { everyMs: number; ask: () => Promise<void> },
): Promise<T> {
  const ended = new AbortController();
  const result = handle.result().finally(() => ended.abort());
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await ask().catch(() => {});
      await sleep(everyMs, undefined, { signal: ended.signal }).catch(() => {});
    }
  };
  const watching = watch();
  return result.finally(() => watching);
}
