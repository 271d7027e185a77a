import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** What was seen at each revision of a post, when a record last changed, and what lists are searched and paged by. */
export const revisions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createRevisions(db);
    for (const table of ['posts', 'batches'] as const) await addChangedAt(db, table);
    await addWords(db);
    await db.schema.createIndex('posts_newest').on('posts').columns(['created_at desc', 'id desc']).execute();
  },
};

async function createRevisions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('revisions')
    .addColumn('post_id', 'text', (column) => column.notNull())
    .addColumn('revision', 'int4', (column) => column.notNull())
    .addColumn('sequence', 'int8', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('body', 'text')
    .addColumn('caption', 'text', (column) => column.notNull())
    .addColumn('hashtags', 'jsonb', (column) => column.notNull())
    .addColumn('alt_text', 'text', (column) => column.notNull())
    .addColumn('hero', 'text')
    .addColumn('clip', 'text')
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('revisions_pk', ['post_id', 'revision'])
    .execute();
}

/** By the millisecond, as times leave the archive: a reader who names one must not be given its own last row again. */
async function addChangedAt(db: Kysely<unknown>, table: 'posts' | 'batches'): Promise<void> {
  const now = sql`date_trunc('milliseconds', clock_timestamp())`;
  await db.schema
    .alterTable(table)
    .addColumn('changed_at', 'timestamptz', (column) => column.notNull().defaultTo(now))
    .execute();
  await db.schema.createIndex(`${table}_changed`).on(table).column('changed_at').execute();
}

/** What a person finds a post by. Kept beside the document, which is large and would be unpacked whole for each search. */
async function addWords(db: Kysely<unknown>): Promise<void> {
  const words = sql`title || E'\n' || planner || E'\n' || coalesce(doc->>'caption', '') || E'\n' || coalesce(doc->>'body', '')`;
  await db.schema
    .alterTable('posts')
    .addColumn('words', 'text', (column) => column.generatedAlwaysAs(words).stored())
    .execute();
}
