import type { Kysely, Migration } from 'kysely';

/** What came of feeds when they were last read, and which of their news planners were offered. */
export const news: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('feeds')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('etag', 'text')
      .addColumn('last_modified', 'text')
      .addColumn('items', 'jsonb', (column) => column.notNull())
      .addColumn('read_at', 'timestamptz', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('news_offers')
      .addColumn('batch_id', 'text', (column) => column.notNull())
      .addColumn('url_key', 'text', (column) => column.notNull())
      .addColumn('id_key', 'text')
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('planner', 'text', (column) => column.notNull())
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('at', 'timestamptz', (column) => column.notNull())
      .addColumn('post_id', 'text')
      .addColumn('over', 'boolean', (column) => column.notNull())
      .addPrimaryKeyConstraint('news_offers_pk', ['batch_id', 'url_key'])
      .execute();
    await db.schema
      .createIndex('news_offers_of_planner')
      .on('news_offers')
      .columns(['account', 'planner', 'url_key'])
      .execute();
  },
};
