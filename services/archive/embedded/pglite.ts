import { once } from 'node:events';
import { existsSync, statfsSync } from 'node:fs';
import { mkdir, rename, rm, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { ArchiveAway, PARSERS } from '../database.js';
import { type FolderLockOptions, lockFolder } from './folder-lock.js';
import { PreparedQueries } from './prepared.js';

/**
 * Opens the embedded archive in a folder, which this process holds until the pool is ended. The database lies in
 * `<folder>/pgdata`.
 *
 * @throws Error in one line when another process holds the folder or the database in it can't be opened.
 */
export async function openPglite(folder: string, options: FolderLockOptions): Promise<PostgresPool> {
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder, options);
  try {
    requireRoom(folder);
    const db = await openDatabase(folder);
    const pool = pglitePool(
      db,
      () => lock.lost(),
      () => requireRoom(folder),
    );
    return { ...pool, end: () => pool.end().finally(() => lock.release()) };
  } catch (error) {
    await lock.release();
    if (error instanceof ArchiveAway) throw error;
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    throw new Error(`archive folder ${folder} can't be opened: ${reason}`, { cause: error });
  }
}

/** PGlite takes 128 MB, and what was touched once stays. The operating system keeps the files at hand as well. */
const SHARED_BUFFERS = '16MB';

/** A new database is made beside its place and moved there when it is whole: a kill in the midst leaves nothing half. */
async function openDatabase(folder: string): Promise<PGlite> {
  const place = join(folder, 'pgdata');
  if (!existsSync(place)) {
    const making = join(folder, 'pgdata.new');
    await rm(making, { recursive: true, force: true });
    await makeDatabase(making);
    await rename(making, place);
  }
  return PGlite.create(place, {
    parsers: PARSERS,
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${SHARED_BUFFERS}`],
  });
}

/**
 * PGlite in the shape of a `pg` pool of one connection, so that Kysely's PostgreSQL dialect drives both. Who connects
 * waits until the one before has released: a transaction is never interleaved with another's queries.
 *
 * @param refusal asked at each connect; a reason refuses it, null lets it pass.
 * @param require throws at a connect when the database must not be used for now.
 */
function pglitePool(db: PGlite, refusal: () => string | null, require: () => void = () => {}): PostgresPool {
  let last: Promise<void> = Promise.resolve();
  const queries = new PreparedQueries(db);
  return {
    async connect() {
      const before = last;
      let release!: () => void;
      last = new Promise((resolve) => (release = resolve));
      await before;
      // PGlite works on this thread and answers in microtasks: a busy writer would starve every timer of the process,
      // and with them the one that keeps the folder's lock fresh.
      await turnOfTheEventLoop();
      const reason = refusal();
      try {
        if (reason !== null) throw new Error(reason);
        require();
      } catch (error) {
        release();
        throw error;
      }
      return {
        query: ((text, values) => queries.query(text, values)) as PostgresPoolClient['query'],
        release,
      };
    },
    // After the folder is lost to another process, closing would still write a checkpoint into it.
    end: async () => (refusal() === null ? db.close() : undefined),
  };
}

/**
 * PostgreSQL's log of changes grows by files of 16 MB, and PGlite, which has no process to end, spins for ever when it can't
 * make the next one. So it is not asked for anything when there is no room for two of them.
 */
const LEAST_MB = 40;

/** The disk of the embedded archive is full. */
class ArchiveDiskFull extends ArchiveAway {
  override name = 'ArchiveDiskFull' as const;
  constructor(folder: string, freeMb: number) {
    super(
      `archive folder ${folder} has ${freeMb} MB of room left on its disk; free some space there (${LEAST_MB} MB at least)`,
    );
  }
}

/** @throws ArchiveDiskFull when the embedded archive in this folder must not be used */
function requireRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const freeMb = Math.floor((bavail * bsize) / 1_048_576);
  if (freeMb < LEAST_MB) throw new ArchiveDiskFull(folder, freeMb);
}

/** An empty database that the build has made: a copy is there in a tenth of the time. */
const TEMPLATE = fileURLToPath(
  new URL(`../../../${import.meta.url.endsWith('.ts') ? 'dist/' : ''}empty-database`, import.meta.url),
);

/** Makes an empty database in a folder that is not there yet. @throws Error when it can't be made */
async function makeDatabase(folder: string): Promise<void> {
  if (existsSync(TEMPLATE)) await cp(TEMPLATE, folder, { recursive: true });
  else await initDatabase(folder);
}

/**
 * The same from nothing, in a thread of its own: what that takes of memory, some 430 MB, would stay with this process until a
 * collection that comes late; it goes back with the thread's end.
 *
 * @throws Error when it can't be made
 */
export async function initDatabase(folder: string): Promise<void> {
  const source = `
    import { workerData } from 'node:worker_threads';
    import { PGlite } from '${import.meta.resolve('@electric-sql/pglite')}';
    await (await PGlite.create(workerData)).close();
  `;
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
    workerData: folder,
    execArgv: [],
  });
  await once(thread, 'exit');
}
