import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Conversations with an account, what they cost, and the words and the meaning by which questions find its posts. */
export const chats: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createChats(db);
    await createChatTurns(db);
    await createPostWords(db);
    await createPostEmbeddings(db);
    // A turn of a chat is paid by its account, without a batch or a planner.
    for (const table of ['charges', 'reservations'] as const) {
      await db.schema
        .alterTable(table)
        .addColumn('chat_id', 'text')
        .alterColumn('batch_id', (column) => column.dropNotNull())
        .alterColumn('planner', (column) => column.dropNotNull())
        .execute();
      await db.schema
        .createIndex(`${table}_of_chat`)
        .on(table)
        .column('chat_id')
        .where(sql.ref('chat_id'), 'is not', null)
        .execute();
    }
  },
};

async function createChats(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('chats')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('deleted_at', 'timestamptz')
    .execute();
  await db.schema.createIndex('chats_newest').on('chats').columns(['created_at desc', 'id']).execute();
  await db.schema
    .createIndex('chats_of_account')
    .on('chats')
    .columns(['account', 'created_at desc'])
    .execute();
}

async function createChatTurns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('chat_turns')
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('turn', 'int4', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('visitor', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('answer', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('offline', 'boolean', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('chat_turns_pk', ['chat_id', 'turn'])
    .execute();
  await db.schema
    .createIndex('chat_turns_of_account')
    .on('chat_turns')
    .columns(['account', 'at desc'])
    .execute();
}

/** Made from the publications, and made again where it is missing. */
async function createPostWords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('post_words')
    .addColumn('post_id', 'text', (column) => column.primaryKey())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('words', sql`tsvector`, (column) => column.notNull())
    .execute();
  // Written at once, not when a vacuum comes by: the embedded archive has none, and every search would read what is pending.
  await sql`create index post_words_words on post_words using gin (words) with (fastupdate = off)`.execute(
    db,
  );
}

/** Made by a model, and made again where it is missing or of another one. */
async function createPostEmbeddings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('post_embeddings')
    .addColumn('post_id', 'text', (column) => column.primaryKey())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('vector', sql`real[]`, (column) => column.notNull())
    .execute();
}
