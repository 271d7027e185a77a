import { type PostgresPool, Kysely, PostgresDialect } from 'kysely';
import { chatListIn, openQuestionsIn } from './chats/chat-list.js';
import type { ArchivedChats } from './chats/chats.js';
import { deleteChatIn, saveTurnIn, turnsIn } from './chats/turns.js';
import { type DeliveryLog, createDeliveries } from './deliveries/deliveries.js';
import type { FolderLockOptions } from './embedded/folder-lock.js';
import { openPglite } from './embedded/pglite.js';
import { billsIn } from './ledger/bills.js';
import { openCharges } from './ledger/charges.js';
import { costsIn } from './ledger/costs.js';
import type { Ledger } from './ledger/ledger.js';
import { reservationsIn } from './ledger/reservations.js';
import { migrateToLatest } from './migrate.js';
import { type News, createNews } from './news/news.js';
import { type PostSearch, createPostSearch } from './post-search/post-search.js';
import { postgresPool } from './postgres-pool.js';
import { accountsIn, batchesIn } from './records/batches.js';
import { changesIn } from './records/changes.js';
import { haltedIn } from './records/halted.js';
import { postListIn } from './records/post-list.js';
import { postsIn, recentPostsIn } from './records/posts.js';
import { publicationsIn } from './records/publications.js';
import type { Records } from './records/records.js';
import { revisionsIn } from './records/revisions.js';
import { editsIn } from './records/edit.js';
import { unpublishIn } from './records/unpublish.js';
import type { Schema } from './schema.js';
import { type TakenSlots, createTakenSlots } from './slots/taken-slots.js';
import { dump } from './transfer/dump.js';
import { load } from './transfer/load.js';
import type { Transfer } from './transfer/transfer.js';

/** What outlives the workflows: batches, posts, charges and publications. Every write can be repeated. */
export interface Archive {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly transfer: Transfer;
  readonly deliveries: DeliveryLog;
  readonly slots: TakenSlots;
  readonly news: News;
  readonly chats: ArchivedChats;
  readonly postSearch: PostSearch;
  /** Brings the schema up to date. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}

/** The archive on a database that speaks PostgreSQL. Closing it ends the pool. */
export function createArchive(pool: PostgresPool): Archive {
  // Kysely ends a pool only after a first query, but one that holds a folder must be ended in any case: by us.
  const lent: PostgresPool = { connect: () => pool.connect(), end: async () => {} };
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: lent }) });
  let closing: Promise<void> | null = null;
  return {
    records: {
      ...batchesIn(db),
      ...postsIn(db),
      ...postListIn(db),
      ...recentPostsIn(db),
      ...changesIn(db),
      ...haltedIn(db),
      ...revisionsIn(db),
      ...accountsIn(db),
      ...publicationsIn(db),
      ...editsIn(db),
      ...unpublishIn(db),
    },
    ledger: {
      ...reservationsIn(db),
      ...openCharges(db),
      ...costsIn(db),
      ...billsIn(db),
    },
    transfer: {
      dump: () => dump(db),
      load: (lines) => load(db, lines),
    },
    deliveries: createDeliveries(db),
    slots: createTakenSlots(db),
    news: createNews(db),
    chats: {
      ...saveTurnIn(db),
      ...turnsIn(db),
      ...chatListIn(db),
      ...deleteChatIn(db),
      ...openQuestionsIn(db),
    },
    postSearch: createPostSearch(db),
    migrate: () => migrateToLatest(db),
    close: () => (closing ??= db.destroy().then(() => pool.end())),
  };
}

interface OpenArchiveOptions extends FolderLockOptions {
  /** PostgreSQL 15 or newer; null for the embedded archive. */
  readonly databaseUrl: string | null;
  /** Of the embedded archive, such as `var/archive`; made when it is not there. */
  readonly folder: string;
}

/**
 * Opens the archive: PostgreSQL where an address is given, else PGlite in a folder that one process at a time may hold.
 * Both are driven by the same dialect, migrations and queries. Call `migrate()` before anything else.
 *
 * @throws SettingError when `databaseUrl` is not an address.
 * @throws Error in one line when another process holds the folder (after up to 8 s, in which a lock left by a killed
 *   process is taken over). A PostgreSQL that is not there shows at the first query, as ArchiveUnreachable.
 */
export async function openArchive({ databaseUrl, folder, ...lock }: OpenArchiveOptions): Promise<Archive> {
  const pool = databaseUrl === null ? await openPglite(folder, lock) : postgresPool(databaseUrl);
  return createArchive(pool);
}
