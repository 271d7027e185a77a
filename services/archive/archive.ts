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
import { type PoolLimits, postgresPool } from './postgres-pool.js';
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

/**
 * The archive on a database that speaks PostgreSQL. Closing it ends its pools.
 *
 * @param migrating what brings the schema up to date, which may take long
 */
export function createArchive(pool: PostgresPool, migrating: PostgresPool = pool): Archive {
  // Kysely ends a pool only after a first query, but one that holds a folder must be ended in any case: by us.
  const open = (lent: PostgresPool): Kysely<Schema> =>
    new Kysely({
      dialect: new PostgresDialect({ pool: { connect: () => lent.connect(), end: async () => {} } }),
    });
  const db = open(pool);
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
    migrate: () => migrateToLatest(open(migrating)),
    close: () => (closing ??= db.destroy().then(() => endAll(new Set([pool, migrating])))),
  };
}

async function endAll(pools: ReadonlySet<PostgresPool>): Promise<void> {
  for (const pool of pools) await pool.end();
}

/** As the settings have them where nothing is set. */
export const POOL_LIMITS: PoolLimits = { connections: 24, seconds: 30 };

interface OpenArchiveOptions extends FolderLockOptions {
  /** PostgreSQL 15 or newer; null for the embedded archive. */
  readonly databaseUrl: string | null;
  readonly limits?: PoolLimits;
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
export async function openArchive({
  databaseUrl,
  folder,
  limits = POOL_LIMITS,
  ...lock
}: OpenArchiveOptions): Promise<Archive> {
  if (databaseUrl === null) return createArchive(await openPglite(folder, lock));
  return createArchive(
    postgresPool(databaseUrl, limits),
    postgresPool(databaseUrl, { connections: 1, seconds: 0 }),
  );
}
