import { sql, type Kysely, type Migration } from 'kysely';

/** When the posts of an account go out: a row for each post that was ever given a moment. */
export const slots: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('slots')
      .addColumn('post_id', 'text', (column) => column.primaryKey())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('at', 'timestamptz')
      .addColumn('beside', 'boolean', (column) => column.notNull())
      .addColumn('sequence', 'int8', (column) => column.notNull())
      .execute();
    // Moments that were given back are null, and never equal.
    await db.schema
      .createIndex('slots_one_post')
      .unique()
      .on('slots')
      .columns(['account', 'at'])
      .where(sql.ref('beside'), '=', false)
      .execute();
    await db.schema.createIndex('slots_of_account').on('slots').columns(['account', 'at']).execute();
  },
};
