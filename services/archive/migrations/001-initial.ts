import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Batches, posts, charges, publications and the chat turns that cite a post. Money is nano-USD in an int8. */
export const initial: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createBatches(db);
    await createPosts(db);
    await createCharges(db);
    await createPublications(db);
    await createCitations(db);
  },
};

async function createBatches(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('batches')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('planner', 'text', (column) => column.notNull())
    .addColumn('mix', 'jsonb', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('sequence', 'int8', (column) => column.notNull())
    .addColumn('plan_cost', 'int8', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('doc', 'jsonb', (column) => column.notNull())
    .addColumn('account_doc', 'jsonb', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('batches_newest').on('batches').columns(['created_at desc', 'id']).execute();
  await db.schema
    .createIndex('batches_of_account')
    .on('batches')
    .columns(['account', 'created_at desc'])
    .execute();
}

async function createPosts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('posts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('batch_id', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('planner', 'text', (column) => column.notNull())
    .addColumn('content_format', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('gate', 'text')
    .addColumn('revision', 'int4', (column) => column.notNull())
    .addColumn('cost', 'int8', (column) => column.notNull())
    .addColumn('unknown', 'int8', (column) => column.notNull())
    .addColumn('offline', 'boolean', (column) => column.notNull())
    .addColumn('sequence', 'int8', (column) => column.notNull())
    .addColumn('status_since', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('published_at', 'timestamptz')
    .addColumn('doc', 'jsonb', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('posts_of_account')
    .on('posts')
    .columns(['account', 'status', 'created_at desc'])
    .execute();
  await db.schema.createIndex('posts_in_status').on('posts').columns(['status', 'created_at desc']).execute();
  await db.schema.createIndex('posts_of_batch').on('posts').columns(['batch_id', 'status']).execute();
}

async function createCharges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('charges')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('post_id', 'text')
    .addColumn('batch_id', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('planner', 'text', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('quantity', 'text')
    .addColumn('unit_price', 'text')
    .addColumn('amount', 'int8', (column) => column.notNull())
    .addColumn('basis', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text')
    .addColumn('prompt', 'text')
    .addColumn('offline', 'boolean', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('charges_of_post').on('charges').column('post_id').execute();
  await db.schema.createIndex('charges_of_batch').on('charges').column('batch_id').execute();
}

async function createPublications(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('publications')
    .addColumn('post_id', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('edition', 'jsonb', (column) => column.notNull())
    .addPrimaryKeyConstraint('publications_pk', ['post_id', 'target'])
    .execute();
  await db.schema
    .createIndex('publications_newest')
    .on('publications')
    .columns(['account', 'target', 'at desc'])
    .execute();
}

async function createCitations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('citations')
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('turn', 'int4', (column) => column.notNull())
    .addColumn('post_id', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('citations_pk', ['chat_id', 'turn', 'post_id'])
    .execute();
  await db.schema.createIndex('citations_of_post').on('citations').columns(['post_id', 'at desc']).execute();
}
