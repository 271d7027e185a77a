import type { Kysely, QueryCreator, RawBuilder, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Nano } from '../../../contract/money/nano.js';
import { chargeOf } from './charge-row.js';
import { type BudgetState, decideReservation } from './decide-reservation.js';
import { lockAccount } from '../lock.js';
import type { BudgetLimits, FoundCall, Held, Reservation, ReservationRequest } from './reservation.js';
import type { ChargeRow, Schema } from '../schema.js';

// The database's clock, so that all processes agree, and at the statement's start: a transaction may have waited long.
const now = sql`statement_timestamp()`;

const inMs = (leaseMs: number): RawBuilder<string> =>
  sql`${now} + ${leaseMs}::float8 * interval '1 millisecond'`;

/** Holds a call's cost back where the budgets allow; what is refused leaves an earlier hold of the key as it is. */
export function reserve(db: Kysely<Schema>, request: ReservationRequest): Promise<Reservation> {
  return db.transaction().execute(async (trx) => {
    await lockAccount(trx, request.payer.account);
    const spending = await readSpending(trx, request);
    // Paid and written down already: an attempt that is made again. There is nothing left to hold.
    if (spending.settled) return { granted: true };
    const cost = { amount: request.amount, most: mostOf(request) };
    const reservation = decideReservation(cost, budgetsOf(request, spending));
    if (reservation.granted) await hold(trx, request);
    return reservation;
  });
}

const mostOf = ({ amount, most }: ReservationRequest): Nano => Math.max(amount, most ?? amount);

interface Spending {
  /** The key's charge is on record. */
  readonly settled: boolean;
  /** The batch is on record, with its own limits. */
  readonly recorded: boolean;
  readonly budget: Nano | null;
  readonly monthBudget: Nano | null;
  readonly batchSpent: Nano;
  readonly batchHeld: Nano;
  readonly batchHeldMost: Nano;
  readonly monthSpent: Nano;
  readonly monthHeld: Nano;
  readonly monthHeldMost: Nano;
}

function budgetsOf({ limits: asked, offline }: ReservationRequest, spending: Spending): BudgetState[] {
  const limits: BudgetLimits = spending.recorded
    ? { batch: spending.budget, month: spending.monthBudget }
    : asked;
  const batch: BudgetState = {
    budget: 'batch',
    limit: limits.batch,
    spent: spending.batchSpent,
    held: spending.batchHeld,
    heldMost: spending.batchHeldMost,
  };
  const month: BudgetState = {
    budget: 'month',
    limit: limits.month,
    spent: spending.monthSpent,
    held: spending.monthHeld,
    heldMost: spending.monthHeldMost,
  };
  return offline ? [batch] : [batch, month];
}

/** One statement, so that a call that is settled meanwhile counts either as held or as spent. */
async function readSpending(
  trx: Transaction<Schema>,
  { key, payer: { account, batchId }, offline }: ReservationRequest,
): Promise<Spending> {
  const month = sql`date_trunc('month', ${now}, 'UTC')`;
  const nextMonth = sql`date_trunc('month', ${now} + interval '1 month', 'UTC')`;
  const ofBatch = sql`batch_id = ${batchId} and offline = ${offline}`;
  const { rows } = await sql<Spending>`
    with own as (select budget, month_budget from batches where id = ${batchId}),
    held as (
      select
        coalesce(sum(amount) filter (where ${ofBatch}), 0)::int8 as "batchHeld",
        coalesce(sum(most) filter (where ${ofBatch}), 0)::int8 as "batchHeldMost",
        coalesce(sum(amount) filter (where not offline), 0)::int8 as "monthHeld",
        coalesce(sum(most) filter (where not offline), 0)::int8 as "monthHeldMost"
      from reservations
      where account = ${account} and key <> ${key} and until > ${now} and ${unsettled}
    )
    select
      exists (select from charges where key = ${key}) as settled,
      exists (select from own) as recorded,
      (select budget from own) as budget,
      (select month_budget from own) as "monthBudget",
      (select coalesce(sum(amount), 0)::int8 from charges where ${ofBatch}) as "batchSpent",
      (
        select coalesce(sum(amount), 0)::int8 from charges
        where account = ${account} and at >= ${month} and at < ${nextMonth} and not offline
      ) as "monthSpent",
      held.*
    from held
  `.execute(trx);
  return rows[0]!;
}

/** A reservation can outlive its charge by a race of two attempts at one call; it counts no more. */
const unsettled = sql<boolean>`not exists (select from charges where charges.key = reservations.key)`;

/**
 * Drops holds whose lease was over long ago. Until then `readFound` must find them: whoever held one may have paid.
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

async function hold(trx: Transaction<Schema>, request: ReservationRequest): Promise<void> {
  const { key, payer, amount, offline, leaseMs } = request;
  const { account, planner, batchId, postId } = payer;
  const held = { amount, most: mostOf(request), offline, until: inMs(leaseMs) };
  await trx
    .with('forgotten', (db) => dropForgotten(db, account, key))
    .insertInto('reservations')
    .values({ key, account, planner, batch_id: batchId, post_id: postId, ...held })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(held))
    .execute();
}

export async function extend(db: Kysely<Schema>, key: string, leaseMs: number): Promise<void> {
  await db
    .updateTable('reservations')
    .set({ until: inMs(leaseMs) })
    .where('key', '=', key)
    .where('until', '>', sql<string>`${now}`)
    .execute();
}

export async function release(db: Kysely<Schema>, key: string): Promise<void> {
  await db.deleteFrom('reservations').where('key', '=', key).execute();
}

/** By the time their lease ends. */
export function readHeld(db: Kysely<Schema>, of: { batchId: string } | { postId: string }): Promise<Held[]> {
  return db
    .selectFrom('reservations')
    .select(['key', 'amount', 'until'])
    .where('postId' in of ? 'post_id' : 'batch_id', '=', 'postId' in of ? of.postId : of.batchId)
    .where('until', '>', sql<string>`${now}`)
    .where(unsettled)
    .orderBy('until')
    .orderBy('key')
    .execute();
}

/** One statement, so that a call that is settled meanwhile is found either as held or as charged. */
export async function readFound(db: Kysely<Schema>, key: string): Promise<FoundCall> {
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
}
