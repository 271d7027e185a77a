import type { CallFacts } from '../../activities/attempt.js';
import { knownNano, type Charge } from '../../contract/money/charge.js';
import { toUsd } from '../../contract/money/nano.js';
import { putCharges } from '../charges.js';

/** A step's row on a record, as far as a paid step fills it. */
export interface PaidRow {
  readonly charges: Charge[];
  /** Paid tries. */
  attempts: number;
  /** Calls made, paid or not; each has a number of its own, so that no two share a charge. */
  calls: number;
  provider: string | null;
  model: string | null;
  apiSeconds: number | null;
  at: string | null;
  note: string | null;
  /** What was wrong with each paid try that was not kept, oldest first. */
  readonly tries: string[];
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

/** Puts a paid try on its row, whatever came of it. */
export function noteTry(row: PaidRow, facts: CallFacts, reason: string | null): void {
  putCharges(row, facts.charges);
  row.attempts += 1;
  row.provider = facts.provider;
  row.model = facts.model;
  row.apiSeconds = facts.seconds;
  row.at = facts.at;
  if (reason !== null) {
    row.tries.push(`try ${row.attempts}: ${oneLine(reason)}`);
    if (row.tries.length > MOST_TRIES) row.tries.shift();
  }
  row.note = [`prompt ${facts.prompt}`, ...row.tries].join('; ');
}

function oneLine(reason: string): string {
  const line = reason.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_REASON ? line : `${line.slice(0, LONGEST_REASON - 1)}…`;
}

/** A row as the status documents show it: its charges as their sum, and nothing that only the workflow needs. */
export const shownRow = ({ charges, provider, model, apiSeconds, attempts, at, note }: PaidRow) => ({
  ...{ provider, model, apiSeconds, attempts, at },
  costUsd: toUsd(knownNano(charges)),
  ...(note !== null && { note }),
  ...(charges.some(({ offline }) => offline) && { offline: true as const }),
});
