import { type Kysely, sql, type Transaction } from 'kysely';
import { Lines } from './lines.js';
import type { Schema } from './schema.js';

/** The name of a lock: of an account's money, of its slots, of the news that its planners are offered, and of the bills, which know no account. */
export const moneyOf = (account: string): string => `copydesk money of ${account}`;
export const slotsOf = (account: string): string => `copydesk slots of ${account}`;
export const newsOf = (account: string): string => `copydesk news of ${account}`;
export const BILLS = 'copydesk bills';

const lines = new WeakMap<Kysely<Schema>, Lines>();

/**
 * A transaction that holds a lock from its first statement to its end, so that no two wait for each other later on. Who waits
 * for the same lock stands in a line of this process and holds no connection meanwhile: what one account waits for is in no
 * other's way.
 *
 * @throws ArchiveHeld where others hold the lock for too long
 */
export function whileLocked<T>(
  db: Kysely<Schema>,
  name: string,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  const line = lines.get(db) ?? new Lines();
  lines.set(db, line);
  return line.wait(name, () =>
    db.transaction().execute(async (trx) => {
      await lock(trx, name);
      return work(trx);
    }),
  );
}

/** Waits within a transaction until no other holds the lock, and holds it to the end of this one. */
export async function lock(trx: Transaction<Schema>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
}
