import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Charge } from '../../contract/charge.js';
import { chargeOf, chargeValues } from './charge-row.js';
import { lockAccount } from './lock.js';
import type { Payer, Settlement } from './reservation.js';
import type { Schema } from './schema.js';
import { storable } from './storable.js';

/** Writes charges down outside of a record, gives back what was held for them, and answers them as they are stored. */
export async function settle(db: Kysely<Schema>, settlement: Settlement): Promise<Charge[]> {
  const { payer, charges } = storable(settlement);
  if (charges.length === 0) return [];
  return db.transaction().execute(async (trx) => {
    if (payer.postId === null) await lockAccount(trx, payer.account);
    await insertCharges(trx, charges, payer);
    if (payer.postId === null) await sumPlanCosts(trx, [payer.batchId]);
    return readStored(trx, charges);
  });
}

/** Charges as they are stored, in the order given. */
async function readStored(trx: Transaction<Schema>, charges: readonly Charge[]): Promise<Charge[]> {
  const keys = charges.map(({ key }) => key);
  const rows = await trx.selectFrom('charges').selectAll().where('key', 'in', keys).execute();
  const stored = new Map(rows.map((row) => [row.key, chargeOf(row)]));
  return keys.flatMap((key) => stored.get(key) ?? []);
}

/**
 * Writes charges down and gives back what was held for them. What was written first stands, whoever wrote it, with two
 * exceptions: an output that was kept after all is kept, and what is known replaces an estimate of the same call, since a job
 * that was given up as lost may be found.
 */
export async function insertCharges(
  trx: Transaction<Schema>,
  charges: readonly Charge[],
  { postId, batchId, account, planner }: Payer,
): Promise<void> {
  if (charges.length === 0) return;
  const owner = { post_id: postId, batch_id: batchId, account, planner };
  const rows = eachOnce(charges).map((charge) => ({ ...owner, ...chargeValues(charge) }));
  await trx
    .insertInto('charges')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({
          amount: known('amount'),
          basis: known('basis'),
          quantity: known('quantity'),
          unit_price: known('unit_price'),
          request_id: known('request_id'),
          model: known('model'),
          at: known('at'),
          outcome: sql`case when 'kept' in (charges.outcome, excluded.outcome) then 'kept' when ${isKnownNow} then excluded.outcome else charges.outcome end`,
        })
        .where(sql<boolean>`${isKnownNow} or (excluded.outcome = 'kept' and charges.outcome <> 'kept')`),
    )
    .execute();
  const keys = rows.map(({ key }) => key);
  await trx.deleteFrom('reservations').where('key', 'in', keys).execute();
}

/** The provider has told what was only estimated when the charge was first written. */
const isKnownNow = sql<boolean>`(charges.basis = 'unknown' and excluded.basis <> 'unknown')`;

const known = <T>(column: string) =>
  sql<T>`case when ${isKnownNow} then ${sql.ref(`excluded.${column}`)} else ${sql.ref(`charges.${column}`)} end`;

/** Those that are stored with another amount or on another basis, as they are stored. */
export async function readOtherwise(trx: Transaction<Schema>, charges: readonly Charge[]): Promise<Charge[]> {
  if (charges.length === 0) return [];
  const given = new Map(charges.map((charge) => [charge.key, charge]));
  return (await readStored(trx, charges)).filter(({ key, amount, basis }) => {
    const charge = given.get(key);
    return charge?.amount !== amount || charge.basis !== basis;
  });
}

/** In the order of their keys, so that two who write the same ones don't wait for each other. */
function eachOnce(charges: readonly Charge[]): Charge[] {
  const byKey = new Map<string, Charge>();
  for (const charge of charges) {
    const first = byKey.get(charge.key) ?? charge;
    const best = first.basis === 'unknown' && charge.basis !== 'unknown' ? charge : first;
    const kept = first.outcome === 'kept' || charge.outcome === 'kept';
    byKey.set(charge.key, kept ? { ...best, outcome: 'kept' } : best);
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * Sums the planning of batches from their charges, since a record may carry only those that are new. Their accounts are
 * locked: two sums at once would each miss the other's charge.
 */
export async function sumPlanCosts(trx: Transaction<Schema>, batchIds: readonly string[]): Promise<void> {
  await trx
    .updateTable('batches')
    .set((eb) => ({
      plan_cost: eb
        .selectFrom('charges')
        .select(sql<number>`coalesce(sum(amount), 0)::int8`.as('sum'))
        .whereRef('charges.batch_id', '=', 'batches.id')
        .where('post_id', 'is', null)
        .where('basis', '<>', 'unknown'),
    }))
    .where('id', 'in', batchIds)
    .execute();
}
