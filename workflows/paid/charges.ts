import type { Charge } from '../../contract/money/charge.js';

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
