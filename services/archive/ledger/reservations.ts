import { type Kysely, type QueryCreator, type Transaction, sql } from 'kysely';
import type { Nano } from '../../../contract/money/nano.js';
import { moneyOf, whileLocked } from '../locks.js';
import type { ChargeRow, Schema } from '../schema.js';
import { chargeOf } from './charges.js';
import { decideReservation } from './decide-reservation.js';
import { fromNow, now, unsettled, readBudgets } from './read-budgets.js';
import type { Ledger, ReservationRequest } from './ledger.js';

type Reservations = Pick<Ledger, 'reserve' | 'extend' | 'release' | 'findCall' | 'listHolds'>;

export const reservationsIn = (db: Kysely<Schema>): Reservations => ({
  /** What is refused leaves an earlier hold of the key as it is. */
  reserve: (request) =>
    whileLocked(db, moneyOf(request.payer.account), async (trx) => {
      const { settled, budgets } = await readBudgets(trx, request);
      // Paid and written down already: an attempt that is made again. There is nothing left to hold.
      if (settled) return { granted: true };
      const cost = { amount: request.amount, most: mostOf(request) };
      const reservation = decideReservation(cost, budgets);
      if (reservation.granted) await hold(trx, request);
      return reservation;
    }),

  async extend(key, leaseMs) {
    await db
      .updateTable('reservations')
      .set({ until: fromNow(leaseMs) })
      .where('key', '=', key)
      .where('until', '>', now)
      .execute();
  },

  async release(key) {
    await db.deleteFrom('reservations').where('key', '=', key).execute();
  },

  /** One statement, so that a call that is settled meanwhile is found either as held or as charged. */
  async findCall(key) {
    const { rows } = await sql<
      { [column in keyof ChargeRow]: ChargeRow[column] | null } & { held: Nano | null }
    >`
      select charges.*, reservations.amount as held
      from (select ${key}::text as key) as asked
      left join charges on charges.key = asked.key
      left join reservations on reservations.key = asked.key
    `.execute(db);
    const { held, ...row } = rows[0]!;
    return row.key === null ? { charge: null, held } : { charge: chargeOf(row as ChargeRow), held: null };
  },

  listHolds: (of) =>
    db
      .selectFrom('reservations')
      .select(['key', 'amount', 'until'])
      .where('postId' in of ? 'post_id' : 'batch_id', '=', 'postId' in of ? of.postId : of.batchId)
      .where('until', '>', now)
      .where(unsettled)
      .orderBy('until')
      .orderBy('key')
      .execute(),
});

const mostOf = ({ amount, most }: ReservationRequest): Nano => Math.max(amount, most ?? amount);

async function hold(trx: Transaction<Schema>, request: ReservationRequest): Promise<void> {
  const { key, payer, amount, offline, leaseMs } = request;
  const { account, planner, batchId, postId, chatId = null } = payer;
  const held = { amount, most: mostOf(request), offline, until: fromNow(leaseMs) };
  await trx
    .with('forgotten', (db) => dropForgotten(db, account, key))
    .insertInto('reservations')
    .values({ key, account, planner, batch_id: batchId, post_id: postId, chat_id: chatId, ...held })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(held))
    .execute();
}

/**
 * Drops holds whose lease was over long ago. Until then `findCall` must find them: whoever held one may have paid.
 * It leaves those that another transaction is at work on to it, so that no two wait for each other.
 */
const dropForgotten = (db: QueryCreator<Schema>, account: string, key: string) =>
  db.deleteFrom('reservations').where('key', 'in', (query) =>
    query
      .selectFrom('reservations')
      .select('key')
      .where('account', '=', account)
      .where('key', '<>', key)
      .where('until', '<=', sql<string>`${now} - interval '30 days'`)
      .forUpdate()
      .skipLocked(),
  );
