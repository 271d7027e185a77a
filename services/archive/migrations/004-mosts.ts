import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** The most that a call in flight can cost. Holds outlive their leases from here on, so they are found by both. */
export const mosts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('reservations').addColumn('most', 'int8').execute();
    await sql`update reservations set most = amount`.execute(db);
    await db.schema
      .alterTable('reservations')
      .alterColumn('most', (column) => column.setNotNull())
      .execute();
    await db.schema.dropIndex('reservations_of_account').execute();
    await db.schema
      .createIndex('reservations_of_account')
      .on('reservations')
      .columns(['account', 'until'])
      .execute();
  },
};
