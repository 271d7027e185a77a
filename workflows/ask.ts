import type { TextAttempt } from '../activities/paid-text.js';
import type { Charge } from '../contract/charge.js';
import { Blocked } from './blocked.js';
import { chargesOfFailure, putCharges } from './charges.js';

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
function noteAttempt(row: AskedRow, attempt: TextAttempt<unknown>): void {
  putCharges(row, attempt.charges);
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
 * @param row gets every charge, whatever becomes of the output; its tries so far give the next one its number.
 * @param heard hears of every attempt.
 * @throws Blocked after three tries
 */
export async function askUntilKept<T, A extends TextAttempt<T>>(
  row: AskedRow,
  ask: (number: number, again: string | null) => Promise<A>,
  heard: (attempt: A) => void = () => undefined,
): Promise<T> {
  const before = row.attempts;
  // What the model has to mend; a lost answer leaves nothing to mend.
  let toMend: string | null = null;
  let reason: string | null = null;
  for (let number = before + 1; number <= before + MAX_ASKS; number += 1) {
    const attempt: A = await askOnce(row, () => ask(number, toMend));
    noteAttempt(row, attempt);
    heard(attempt);
    if (attempt.value !== null) return attempt.value;
    ({ reason } = attempt);
    if (!attempt.lost) toMend = reason;
  }
  const message = `${MAX_ASKS} answers could not be used; the last: ${reason ?? 'no reason given'}`;
  throw new Blocked({ type: 'Output.NotUsable', message, requestId: null });
}

/** A call that fails for good may have been paid in attempts that were killed. */
async function askOnce<A>(row: AskedRow, ask: () => Promise<A>): Promise<A> {
  try {
    return await ask();
  } catch (error) {
    const charges = chargesOfFailure(error);
    putCharges(row, charges);
    // The next call is another, with keys of its own.
    if (charges.length > 0) row.attempts += 1;
    throw error;
  }
}
