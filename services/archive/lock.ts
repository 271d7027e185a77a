import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from './schema.js';

// First in a transaction, so that no two wait for each other; the next statement sees whatever the one before committed.

/** Waits until no other transaction holds the account's money, and holds it to the end of this one. */
export const lockAccount = (trx: Transaction<Schema>, account: string): Promise<void> =>
  lock(trx, `copydesk money of ${account}`);

/** The same for the bills of providers, which know no account. */
export const lockBills = (trx: Transaction<Schema>): Promise<void> => lock(trx, 'copydesk bills');

/** The same for the account's slots. */
export const lockSlots = (trx: Transaction<Schema>, account: string): Promise<void> =>
  lock(trx, `copydesk slots of ${account}`);

/** The same for the news that an account's planners are offered. */
export const lockNews = (trx: Transaction<Schema>, account: string): Promise<void> =>
  lock(trx, `copydesk news of ${account}`);

async function lock(trx: Transaction<Schema>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
}
