import type { CostRow, Costs } from '../../contract/lists.js';
import { clipped, printableLine, timeWords } from './printable.js';
import { table } from './table.js';
import { dollars } from '../../contract/money/nano.js';
import type { CostKey } from '../../contract/money/charge.js';

/** `costs` for a person. What was wasted and what is unknown have columns only where there is any. */
export function costsView(
  { rows, total, offlineCharges }: Costs,
  { by, since }: { readonly by: CostKey; readonly since?: string },
): string {
  if (total.charges === 0) {
    const when = since === undefined ? 'yet' : `since ${timeWords(since)}`;
    return `No real costs ${when}.${offlineCharges > 0 ? ` ${offlineNote(offlineCharges)}` : ''}`;
  }
  const money: (readonly [head: string, amount: (row: CostRow) => number])[] = [
    ['COST', (row) => row.costUsd],
    ...(total.wastedUsd > 0 ? [['WASTED', (row: CostRow) => row.wastedUsd] as const] : []),
    ...(total.unknownUsd > 0 ? [['UNKNOWN', (row: CostRow) => row.unknownUsd] as const] : []),
  ];
  const lines = [...rows, total].map((row) => [
    clipped(row.key, 60),
    ...money.map(([, amount]) => dollars(amount(row))),
    String(row.charges),
  ]);
  const right = [...money.map(([head]) => head), 'CHARGES'];
  const shown = table([by.toUpperCase(), ...right], lines, { right });
  return offlineCharges > 0 ? `${shown}\n\n${offlineNote(offlineCharges)}` : shown;
}

/** How much of what the archive holds is no real money. */
export const offlineNote = (charges: number): string =>
  `${charges} ${charges === 1 ? 'charge' : 'charges'} of stand-ins left out: not real money.`;

/** The rows as CSV (RFC 4180, with line feeds) without the total, in US dollars to the nano-dollar. */
export function costsCsv(rows: readonly CostRow[], by: CostKey): string {
  const lines = rows.map((row) => [
    field(row.key),
    // Never 1e-9, which spreadsheets and scripts may not take for a number.
    ...[row.costUsd, row.wastedUsd, row.unknownUsd].map((dollars) => dollars.toFixed(9)),
    row.charges,
  ]);
  return [[by, 'costUsd', 'wastedUsd', 'unknownUsd', 'charges'], ...lines]
    .map((line) => line.join())
    .join('\n');
}

/** What a spreadsheet takes for a formula at the start of a cell, in either width. */
const FORMULA = /^['"\s]*[=+\-@＝＋－＠]/;

/** A name of somebody else's, which stays text in a spreadsheet: an apostrophe says so (owasp.org, "CSV Injection"). */
function field(name: string): string {
  const line = printableLine(name);
  const text = FORMULA.test(line) || /^[\t\r]/.test(name) ? `'${line}` : line;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
