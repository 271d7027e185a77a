import type { Archive } from './archive.js';
import type { FolderLockOptions } from './embedded/folder-lock.js';
import { createArchive } from './create-archive.js';
import { openPglite } from './embedded/pglite.js';
import { postgresPool } from './postgres-pool.js';

export interface OpenArchiveOptions extends FolderLockOptions {
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
