import type { Charge } from '../contract/money/charge.js';

/** Puts charges on a row. A call has one charge: a later word on it, of a file that was fetched after all, replaces the first. */
export function putCharges(row: { readonly charges: Charge[] }, charges: readonly Charge[]): void {
  for (const charge of charges) {
    const index = row.charges.findIndex(({ key }) => key === charge.key);
    if (index < 0) row.charges.push(charge);
    else row.charges[index] = charge;
  }
}

/**
 * Takes the archive's word on charges that it has otherwise: an attempt that was killed wrote down what it really paid.
 *
 * @returns whether anything changed
 */
export function agree(rows: readonly { readonly charges: Charge[] }[], stored: readonly Charge[]): boolean {
  let changed = false;
  for (const charge of stored) {
    const row = rows.find(({ charges }) => charges.some(({ key }) => key === charge.key));
    if (row) putCharges(row, [charge]);
    changed ||= row !== undefined;
  }
  return changed;
}
