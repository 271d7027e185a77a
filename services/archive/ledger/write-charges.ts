import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Charge } from '../../../contract/money/charge.js';
import type { Payer } from '../../../contract/money/spend.js';
import type { ChargeRow, Schema } from '../schema.js';
import { chargeOf, chargeValues } from './charge-row.js';

/**
 * Writes charges down and gives back what was held for them, in one statement. What was written first stands, whoever wrote it, with two
 * exceptions: an output that was kept after all is kept, and what is known replaces an estimate of the same call, since a job
 * that was given up as lost may be found.
 *
 * @returns the charges as they are stored, in the order given
 */
export async function writeCharges(
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
export async function readStored(db: Kysely<Schema>, charges: readonly Charge[]): Promise<Charge[]> {
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
