import type { Kysely } from 'kysely';
import type { Charge } from '../../../contract/money/charge.js';
import type { Payer } from '../../../contract/money/spend.js';
import type { Schema } from '../schema.js';
import { readStored, writeCharges } from './write-charges.js';

/**
 * Brings the charges of a record, which mostly are stored already: the call that paid has settled them.
 *
 * @returns those that are stored with another amount or on another basis, as they are stored
 */
export async function bringCharges(
  db: Kysely<Schema>,
  charges: readonly Charge[],
  payer: Payer,
): Promise<Charge[]> {
  if (charges.length === 0) return [];
  const given = new Map(charges.map((charge) => [charge.key, charge]));
  const isSame = ({ key, amount, basis, outcome }: Charge): boolean => {
    const charge = given.get(key);
    return charge?.amount === amount && charge.basis === basis && charge.outcome === outcome;
  };
  const there = await readStored(db, charges);
  const stored =
    there.length === charges.length && there.every(isSame) ? there : await writeCharges(db, charges, payer);
  return stored.filter(({ key, amount, basis }) => {
    const charge = given.get(key);
    return charge?.amount !== amount || charge.basis !== basis;
  });
}
