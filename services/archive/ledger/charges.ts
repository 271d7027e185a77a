import { type Kysely, sql, type Transaction } from 'kysely';
import type { Charge } from '../../../contract/money/charge.js';
import type { Payer } from '../../../contract/money/spend.js';
import { storable, NOW } from '../database.js';
import { moneyOf, whileLocked } from '../locks.js';
import type { Schema, ChargeRow } from '../schema.js';
import type { Ledger } from './ledger.js';

type Charges = Pick<Ledger, 'settle' | 'listCharges'>;

export const openCharges = (db: Kysely<Schema>): Charges => ({
  async settle(settlement) {
    const { payer, charges } = storable(settlement);
    if (payer.postId !== null || payer.batchId === null) return writeCharges(db, charges, payer);
    const { batchId } = payer;
    return whileLocked(db, moneyOf(payer.account), async (trx) => {
      const stored = await writeCharges(trx, charges, payer);
      await sumPlanCosts(trx, [batchId]);
      return stored;
    });
  },

  async listCharges(of) {
    const rows = await db
      .selectFrom('charges')
      .selectAll()
      .where('postId' in of ? 'post_id' : 'batch_id', '=', 'postId' in of ? of.postId : of.batchId)
      .orderBy('at')
      .orderBy('key')
      .execute();
    return rows.map(chargeOf);
  },
});

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

/**
 * Writes charges down and gives back what was held for them, in one statement. What was written first stands, whoever wrote it, with two
 * exceptions: an output that was kept after all is kept, and what is known replaces an estimate of the same call, since a job
 * that was given up as lost may be found.
 *
 * @returns the charges as they are stored, in the order given
 */
async function writeCharges(
  db: Kysely<Schema>,
  charges: readonly Charge[],
  { postId, batchId, chatId = null, account, planner }: Payer,
): Promise<Charge[]> {
  if (charges.length === 0) return [];
  const owner = { post_id: postId, batch_id: batchId, chat_id: chatId, account, planner };
  const rows = eachOnce(charges).map((charge) => ({ ...owner, ...chargeValues(charge) }));
  const keys = rows.map(({ key }) => key);
  const written = await db
    .with('given_back', (held) => held.deleteFrom('reservations').where('key', 'in', keys))
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
    .returningAll()
    .execute();
  // What was there and stays is not among them.
  return written.length === rows.length ? inOrder(charges, written) : readStored(db, charges);
}

/** Charges as they are stored, in the order given. */
async function readStored(db: Kysely<Schema>, charges: readonly Charge[]): Promise<Charge[]> {
  const keys = charges.map(({ key }) => key);
  return inOrder(charges, await db.selectFrom('charges').selectAll().where('key', 'in', keys).execute());
}

function inOrder(charges: readonly Charge[], rows: readonly ChargeRow[]): Charge[] {
  const stored = new Map(rows.map((row) => [row.key, chargeOf(row)]));
  return charges.flatMap(({ key }) => stored.get(key) ?? []);
}

/** The provider has told what was only estimated when the charge was first written. */
const isKnownNow = sql<boolean>`(charges.basis = 'unknown' and excluded.basis <> 'unknown')`;

const known = <T>(column: string) =>
  sql<T>`case when ${isKnownNow} then ${sql.ref(`excluded.${column}`)} else ${sql.ref(`charges.${column}`)} end`;

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

/** A charge as its columns, without whose it is. */
function chargeValues(
  charge: Charge,
): Omit<ChargeRow, 'post_id' | 'batch_id' | 'chat_id' | 'account' | 'planner'> {
  const { unitPrice, requestId, key, step, provider, model, quantity, ...rest } = charge;
  const { amount, basis, outcome, prompt, offline, at } = rest;
  const columns = { key, step, provider, model, quantity, amount, basis, outcome, prompt, offline, at };
  return { ...columns, unit_price: unitPrice, request_id: requestId };
}

/** The charge of a row. */
export function chargeOf(row: ChargeRow): Charge {
  const { key, step, provider, model, quantity, amount, basis, outcome, prompt, offline, at } = row;
  const columns = { key, step, provider, model, quantity, amount, basis, outcome, prompt, offline, at };
  return { ...columns, unitPrice: row.unit_price, requestId: row.request_id };
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
      changed_at: NOW,
    }))
    .where('id', 'in', batchIds)
    .execute();
}
