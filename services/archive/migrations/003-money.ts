import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** What paid calls hold back from their budgets, the budgets themselves, and what providers say they billed. */
export const money: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addBudgets(db);
    await createReservations(db);
    await createBills(db);
    await db.schema.createIndex('charges_of_account').on('charges').columns(['account', 'at']).execute();
    await db.schema.createIndex('charges_in_time').on('charges').column('at').execute();
    await db.schema.createIndex('charges_of_request').on('charges').column('request_id').execute();
  },
};

/** A batch of before has the budget that its document shows; months had none. */
async function addBudgets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('batches')
    .addColumn('budget', 'int8')
    .addColumn('month_budget', 'int8')
    .execute();
  await sql`update batches set budget = round((doc->>'budgetUsd')::numeric * 1000000000)::int8`.execute(db);
}

async function createReservations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reservations')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('planner', 'text', (column) => column.notNull())
    .addColumn('batch_id', 'text', (column) => column.notNull())
    .addColumn('post_id', 'text')
    .addColumn('amount', 'int8', (column) => column.notNull())
    .addColumn('offline', 'boolean', (column) => column.notNull())
    .addColumn('until', 'timestamptz', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('reservations_of_batch').on('reservations').column('batch_id').execute();
  await db.schema.createIndex('reservations_of_account').on('reservations').column('account').execute();
}

async function createBills(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('bills')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('request_id', 'text', (column) => column.notNull())
    .addColumn('amount', 'int8', (column) => column.notNull())
    .addColumn('units', 'text')
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('seen_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
    .execute();
  await db.schema.createIndex('bills_of_request').on('bills').column('request_id').execute();
}
