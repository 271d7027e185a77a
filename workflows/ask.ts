import type { TextAttempt } from '../activities/paid-text.js';
import type { Charge } from '../contract/charge.js';
import { Blocked } from './blocked.js';

/** How many paid tries a text gets before a person is asked. */
export const MAX_ASKS = 3;

/** A step's row on a record, as far as paid text fills it. */
export interface AskedRow {
  readonly charges: Charge[];
  attempts: number;
  provider: string | null;
  model: string | null;
  apiSeconds: number | null;
  at: string | null;
  note: string | null;
}

/** Puts a paid try on its row, whatever became of it. */
export function noteAttempt(row: AskedRow, attempt: TextAttempt<unknown>): void {
  row.charges.push(...attempt.charges);
  row.attempts += 1;
  row.provider = attempt.provider;
  row.model = attempt.model;
  row.apiSeconds = attempt.seconds;
  row.at = attempt.at;
  row.note = `prompt ${attempt.prompt}`;
}

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
  // What the model has to mend; a lost answer leaves nothing to mend.
  let toMend: string | null = null;
  let reason: string | null = null;
  for (let number = before + 1; number <= before + MAX_ASKS; number += 1) {
    const attempt: A = await ask(number, toMend);
    heard(attempt);
    if (attempt.value !== null) return attempt.value;
    ({ reason } = attempt);
    if (!attempt.lost) toMend = reason;
  }
  const message = `${MAX_ASKS} answers could not be used; the last: ${reason ?? 'no reason given'}`;
  throw new Blocked({ type: 'Output.NotUsable', message, requestId: null });
}
