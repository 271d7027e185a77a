import type { PostgresPool } from 'kysely';
import { Kysely, PostgresDialect } from 'kysely';
import type { Archive } from './archive.js';
import { createChats } from './chats/create-chats.js';
import { createDeliveries } from './deliveries/create-deliveries.js';
import { createLedger } from './ledger/create-ledger.js';
import { migrateToLatest } from './migrate.js';
import { createNews } from './news/create-news.js';
import { createPostSearch } from './post-search/create-post-search.js';
import { createRecords } from './records/create-records.js';
import type { Schema } from './schema.js';
import { createTakenSlots } from './slots/create-taken-slots.js';
import { createTransfer } from './transfer/create-transfer.js';

/** The archive on a database that speaks PostgreSQL. Closing it ends the pool. */
export function createArchive(pool: PostgresPool): Archive {
  // Kysely ends a pool only after a first query, but one that holds a folder must be ended in any case: by us.
  const lent: PostgresPool = { connect: () => pool.connect(), end: async () => {} };
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: lent }) });
  let closing: Promise<void> | null = null;
  return {
    records: createRecords(db),
    ledger: createLedger(db),
    transfer: createTransfer(db),
    deliveries: createDeliveries(db),
    slots: createTakenSlots(db),
    news: createNews(db),
    chats: createChats(db),
    postSearch: createPostSearch(db),
    migrate: () => migrateToLatest(db),
    close: () => (closing ??= db.destroy().then(() => pool.end())),
  };
}
