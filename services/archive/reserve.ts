import type { Kysely, RawBuilder, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Nano } from '../../contract/money.js';
import { lockAccount } from './lock.js';
import type { BudgetLimits, Held, Reservation, ReservationRequest } from './reservation.js';
import type { Schema } from './schema.js';

// The database's clock, so that all processes agree, and at the statement's start: a transaction may have waited long.
const now = sql`statement_timestamp()`;

const inMs = (leaseMs: number): RawBuilder<string> =>
  sql`${now} + ${leaseMs}::float8 * interval '1 millisecond'`;

/** Holds `amount` back where the budgets allow; what is refused leaves an earlier hold of the key as it is. */
export function reserve(db: Kysely<Schema>, request: ReservationRequest): Promise<Reservation> {
  return db.transaction().execute(async (trx) => {
    await lockAccount(trx, request.payer.account);
    const spending = await readSpending(trx, request);
    // Paid and written down already: an attempt that is made again. There is nothing left to hold.
    if (spending.settled) return { granted: true };
    const refusal = refusalOf(request, spending);
    if (refusal === null) await hold(trx, request);
    await dropExpired(trx, request.payer.account);
    return refusal ?? { granted: true };
  });
}

interface Spending {
  /** The key's charge is on record. */
  readonly settled: boolean;
  /** The batch is on record, with its own limits. */
  readonly recorded: boolean;
  readonly budget: Nano | null;
  readonly monthBudget: Nano | null;
  /** Spent or held by others. */
  readonly ofBatch: Nano;
  readonly inMonth: Nano;
}

function refusalOf(request: ReservationRequest, spending: Spending): Reservation | null {
  const limits: BudgetLimits = spending.recorded
    ? { batch: spending.budget, month: spending.monthBudget }
    : request.limits;
  const exceeded = (limit: Nano | null, taken: Nano): limit is Nano =>
    limit !== null && taken + request.amount > limit;
  if (exceeded(limits.batch, spending.ofBatch)) {
    return { granted: false, budget: 'batch', limit: limits.batch, taken: spending.ofBatch };
  }
  if (!request.offline && exceeded(limits.month, spending.inMonth)) {
    return { granted: false, budget: 'month', limit: limits.month, taken: spending.inMonth };
  }
  return null;
}

/** One statement, so that a call that is settled meanwhile counts either as held or as spent. */
async function readSpending(
  trx: Transaction<Schema>,
  { key, payer: { account, batchId }, offline }: ReservationRequest,
): Promise<Spending> {
  const month = sql`date_trunc('month', ${now}, 'UTC')`;
  const nextMonth = sql`date_trunc('month', ${now} + interval '1 month', 'UTC')`;
  const { rows } = await sql<Spending>`
    with own as (select budget, month_budget from batches where id = ${batchId}),
    held as (
      select batch_id, offline, amount from reservations
      where account = ${account} and key <> ${key} and until > ${now} and ${unsettled}
    )
    select
      exists (select from charges where key = ${key}) as settled,
      exists (select from own) as recorded,
      (select budget from own) as budget,
      (select month_budget from own) as "monthBudget",
      (
        (select coalesce(sum(amount), 0) from charges where batch_id = ${batchId} and offline = ${offline})
        + (select coalesce(sum(amount), 0) from held where batch_id = ${batchId} and offline = ${offline})
      )::int8 as "ofBatch",
      (
        (
          select coalesce(sum(amount), 0) from charges
          where account = ${account} and at >= ${month} and at < ${nextMonth} and not offline
        )
        + (select coalesce(sum(amount), 0) from held where not offline)
      )::int8 as "inMonth"
  `.execute(trx);
  return rows[0]!;
}

/** A reservation can outlive its charge by a race of two attempts at one call; it counts no more. */
const unsettled = sql<boolean>`not exists (select from charges where charges.key = reservations.key)`;

/** Last, and leaving those that another transaction is at work on to it, so that no two wait for each other. */
async function dropExpired(trx: Transaction<Schema>, account: string): Promise<void> {
  await sql`
    delete from reservations where key in (
      select key from reservations where account = ${account} and until <= ${now} for update skip locked
    )
  `.execute(trx);
}

async function hold(
  trx: Transaction<Schema>,
  { key, payer, amount, offline, leaseMs }: ReservationRequest,
): Promise<void> {
  const { account, planner, batchId, postId } = payer;
  const held = { amount, offline, until: inMs(leaseMs) };
  await trx
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

export async function readBegun(db: Kysely<Schema>, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom('charges')
    .select('key')
    .where('key', 'in', keys)
    .union(db.selectFrom('reservations').select('key').where('key', 'in', keys))
    .execute();
  return rows.map(({ key }) => key);
}
