import type { TextAttempt } from '../activities/paid-text.js';
import { Blocked } from './blocked.js';

/** How many paid tries a text gets before a person is asked. */
export const MAX_ASKS = 3;

/**
 * Asks until an answer can be kept, telling the model each time why the one before could not.
 *
 * @param before how many tries were paid already; each has a number of its own.
 * @param heard hears of every attempt, since each was paid.
 * @throws Blocked after three tries
 */
export async function askUntilKept<T, A extends TextAttempt<T>>(
  before: number,
  ask: (number: number, again: string | null) => Promise<A>,
  heard: (attempt: A) => void,
): Promise<T> {
  let reason: string | null = null;
  let lost = false;
  for (let number = before + 1; number <= before + MAX_ASKS; number += 1) {
    const attempt: A = await ask(number, lost ? null : reason);
    heard(attempt);
    if (attempt.value !== null) return attempt.value;
    ({ reason, lost } = attempt);
  }
  const message = `${MAX_ASKS} answers could not be used; the last: ${reason ?? 'no reason given'}`;
  throw new Blocked({ type: 'Output.NotUsable', message, requestId: null });
}
