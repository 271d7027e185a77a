import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { mixSize } from '../contract/mix.js';
import { isAtWork, isBatchFinal } from '../contract/states.js';
import type { BatchStatus } from '../contract/status.js';
import { readTemporalFailure } from './temporal-failure.js';

/** Whether every post waits for a person or a slot, is final or blocked: nothing more happens by itself. */
export function isSettled(status: BatchStatus): boolean {
  if (isBatchFinal(status.status)) return true;
  if (status.posts.some((post) => isAtWork(post.status))) return false;
  return (
    status.status === 'blocked' ||
    (status.status !== 'planning' && status.posts.length >= mixSize(status.mix))
  );
}

const MOST_TRIES = 10;
const PAUSE_MS = 100;

/**
 * An update that was interrupted has not been taken: the workflow never came to the end of that turn.
 *
 * @param mayBeSentAgain the errors after which it is sent again, ten times in all
 */
export async function againIfInterrupted<T>(
  send: () => Promise<T>,
  mayBeSentAgain: (error: unknown) => boolean = (error) => readTemporalFailure(error) === 'interrupted',
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send();
    } catch (error) {
      if (!mayBeSentAgain(error) || tries === MOST_TRIES) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

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
