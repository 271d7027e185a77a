import type { CallFacts } from '../../activities/attempt.js';
import { knownNano, type Charge } from '../../contract/money/charge.js';
import { toUsd } from '../../contract/money/nano.js';

/** A step's row on a record, as far as a paid step fills it. */
export interface PaidRow {
  readonly charges: readonly Charge[];
  /** Paid tries. */
  readonly attempts: number;
  /** Calls made, paid or not; each has a number of its own, so that no two share a charge. */
  readonly calls: number;
  readonly provider: string | null;
  readonly model: string | null;
  readonly apiSeconds: number | null;
  readonly at: string | null;
  readonly note: string | null;
  /** What was wrong with each paid try that was not kept, oldest first. */
  readonly tries: readonly string[];
  /** A stand-in made it for another post, whose charges have it. */
  readonly offline?: true;
}

/** How a paid step writes on its row while it waits, whatever else the row has. */
export interface RowWriter {
  readonly value: PaidRow;
  change(change: <R extends PaidRow>(row: R) => R): void;
}

export const newPaidRow = (): PaidRow => ({
  charges: [],
  attempts: 0,
  calls: 0,
  provider: null,
  model: null,
  apiSeconds: null,
  at: null,
  note: null,
  tries: [],
});

const LONGEST_REASON = 240;
/** What a row keeps of the tries of a post that is resumed again and again. */
const MOST_TRIES = 12;

/** Counts a call, whose number is then `calls`. */
export const countCall = <R extends PaidRow>(row: R): R => ({ ...row, calls: row.calls + 1 });

/** Puts a paid try on its row, whatever came of it. */
export function addTry<R extends PaidRow>(row: R, facts: CallFacts, reason: string | null): R {
  const attempts = row.attempts + 1;
  const tries =
    reason === null ? row.tries : [...row.tries, `try ${attempts}: ${oneLine(reason)}`].slice(-MOST_TRIES);
  return {
    ...addCharges(row, facts.charges),
    attempts,
    tries,
    provider: facts.provider,
    model: facts.model,
    apiSeconds: facts.seconds,
    at: facts.at,
    note: [`prompt ${facts.prompt}`, ...tries].join('; '),
  };
}

/** Says on a row what it is at, or what came of it. */
export const writeNote = (row: RowWriter, note: string): void => row.change((now) => ({ ...now, note }));

function oneLine(reason: string): string {
  const line = reason.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_REASON ? line : `${line.slice(0, LONGEST_REASON - 1)}…`;
}

/** A row as the status documents show it: its charges as their sum, and nothing that only the workflow needs. */
export const shownRow = ({ charges, provider, model, apiSeconds, attempts, at, note, offline }: PaidRow) => ({
  provider,
  model,
  apiSeconds,
  attempts,
  at,
  costUsd: toUsd(knownNano(charges)),
  ...(note !== null && { note }),
  ...((offline || charges.some((charge) => charge.offline)) && { offline: true as const }),
});

interface Charged {
  readonly charges: readonly Charge[];
}

/** A row with these charges. A call has one charge: a later word on it, of a file that was fetched after all, replaces the first. */
export function addCharges<R extends Charged>(row: R, added: readonly Charge[]): R {
  const charges = [...row.charges];
  for (const charge of added) {
    const index = charges.findIndex(({ key }) => key === charge.key);
    charges[index < 0 ? charges.length : index] = charge;
  }
  return { ...row, charges };
}

/**
 * Takes the archive's word on charges that it has otherwise: an attempt that was killed wrote down what it really paid.
 *
 * @returns the rows themselves where none has such a charge
 */
export function correctCharges<R extends Charged>(
  rows: readonly R[],
  stored: readonly Charge[],
): readonly R[] {
  return stored.reduce((before, charge) => {
    const index = before.findIndex(({ charges }) => charges.some(({ key }) => key === charge.key));
    return index < 0 ? before : before.with(index, addCharges(before[index] as R, [charge]));
  }, rows);
}
