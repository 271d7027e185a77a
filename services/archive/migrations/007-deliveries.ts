import type { Kysely, Migration } from 'kysely';

/** What was told to programs elsewhere, and what became of it. */
export const deliveries: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('deliveries')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('secret', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('post_id', 'text')
      .addColumn('batch_id', 'text', (column) => column.notNull())
      .addColumn('at', 'timestamptz', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('tries', 'int4', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('last_status_code', 'int4')
      .addColumn('last_error', 'text')
      .addColumn('next_try_at', 'timestamptz')
      .execute();
    await db.schema
      .createIndex('deliveries_of_account')
      .on('deliveries')
      .columns(['account', 'at desc', 'id desc'])
      .execute();
    await db.schema
      .createIndex('deliveries_newest')
      .on('deliveries')
      .columns(['at desc', 'id desc'])
      .execute();
  },
};
