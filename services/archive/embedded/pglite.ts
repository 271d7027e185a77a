import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { PostgresPool } from 'kysely';
import { ArchiveAway } from '../away.js';
import type { FolderLockOptions } from './folder-lock.js';
import { lockFolder } from './folder-lock.js';
import { makeDatabase } from './make-database.js';
import { PARSERS } from '../parsers.js';
import { pglitePool } from './pglite-pool.js';
import { requireRoom } from './room.js';

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
