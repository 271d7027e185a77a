import { sql, type Transaction, type RawBuilder } from 'kysely';
import type { Nano } from '../../../contract/money/nano.js';
import type { BudgetLimits } from '../../../contract/money/spend.js';
import type { Schema } from '../schema.js';
import type { BudgetState } from './decide-reservation.js';
import type { ReservationRequest } from './ledger.js';

/** What a call is to be held against. */
interface CallBudgets {
  /** The call's charge is on record. */
  readonly settled: boolean;
  /** As other calls leave them. */
  readonly budgets: readonly BudgetState[];
}

export async function readBudgets(
  trx: Transaction<Schema>,
  request: ReservationRequest,
): Promise<CallBudgets> {
  const spending = await readSpending(trx, request);
  return { settled: spending.settled, budgets: budgetsOf(request, spending) };
}

interface Spending {
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
  readonly daySpent: Nano;
  readonly dayHeld: Nano;
  readonly dayHeldMost: Nano;
}

/** One statement, so that a call that is settled meanwhile counts either as held or as spent. */
async function readSpending(
  trx: Transaction<Schema>,
  { key, payer: { account, batchId }, offline }: ReservationRequest,
): Promise<Spending> {
  const month = sql`date_trunc('month', ${now}, 'UTC')`;
  const nextMonth = sql`date_trunc('month', ${now} + interval '1 month', 'UTC')`;
  const day = sql`date_trunc('day', ${now}, 'UTC')`;
  const nextDay = sql`date_trunc('day', ${now} + interval '1 day', 'UTC')`;
  const ofChats = sql`chat_id is not null and offline = ${offline}`;
  const ofBatch = sql`batch_id = ${batchId} and offline = ${offline}`;
  const { rows } = await sql<Spending>`
    with own as (select budget, month_budget from batches where id = ${batchId}),
    held as (
      select
        coalesce(sum(amount) filter (where ${ofBatch}), 0)::int8 as "batchHeld",
        coalesce(sum(most) filter (where ${ofBatch}), 0)::int8 as "batchHeldMost",
        coalesce(sum(amount) filter (where not offline), 0)::int8 as "monthHeld",
        coalesce(sum(most) filter (where not offline), 0)::int8 as "monthHeldMost",
        coalesce(sum(amount) filter (where ${ofChats}), 0)::int8 as "dayHeld",
        coalesce(sum(most) filter (where ${ofChats}), 0)::int8 as "dayHeldMost"
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
      (
        select coalesce(sum(amount), 0)::int8 from charges
        where account = ${account} and at >= ${day} and at < ${nextDay} and ${ofChats}
      ) as "daySpent",
      held.*
    from held
  `.execute(trx);
  return rows[0]!;
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
  const day: BudgetState = {
    budget: 'day',
    limit: asked.day ?? null,
    spent: spending.daySpent,
    held: spending.dayHeld,
    heldMost: spending.dayHeldMost,
  };
  return offline ? [batch, day] : [batch, day, month];
}

/** The database's clock, so that all processes agree, and at the statement's start: a transaction may have waited long. */
export const now = sql<string>`statement_timestamp()`;

export const fromNow = (leaseMs: number): RawBuilder<string> =>
  sql`${now} + ${leaseMs}::float8 * interval '1 millisecond'`;

/** A reservation can outlive its charge by a race of two attempts at one call; it counts no more. */
export const unsettled = sql<boolean>`not exists (select from charges where charges.key = reservations.key)`;
