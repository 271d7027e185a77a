import { join } from 'node:path';
import type { PostgresPool } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { tempFolder } from '../../testing/temp-folder.js';
import { type Archive, createArchive } from '../archive.js';
import { openPglite } from '../embedded/pglite.js';
import { borrowArchive } from '../../../test/servers/borrow.js';

/** Opens an archive, brought up to date, for the tests around, and closes it after them. */
export function useArchive(open: () => Promise<Archive>, opened: (archive: Archive) => void): void {
  let archive: Archive;
  beforeAll(async () => {
    archive = await open();
    await archive.migrate();
    opened(archive);
  }, 120_000);
  afterAll(() => archive.close());
}

type Contract = (name: string, open: () => Promise<Archive>) => void;

/** Holds both engines to contracts, each on an empty database of its own. */
export function onBothEngines(contracts: readonly Contract[]): void {
  const openPglites = reusedPglite(tempFolder());
  for (const contract of contracts) contract('PGlite', openPglites);
  for (const contract of contracts) contract('PostgreSQL', borrowArchive);
}

/** Opens archives on PGlite, each empty. To open a new one takes a second of CPU, so one that was closed is emptied and given again. */
function reusedPglite(folder: string): () => Promise<Archive> {
  const idle: PostgresPool[] = [];
  let made = 0;
  afterAll(() => Promise.all(idle.map((pool) => pool.end())));
  return async () => {
    const pool = idle.pop() ?? (await openPglite(join(folder, String((made += 1))), {}));
    return createArchive({
      connect: () => pool.connect(),
      async end() {
        await empty(pool);
        idle.push(pool);
      },
    });
  };
}

async function empty(pool: PostgresPool): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`,
      [],
    );
    const tables = rows.map(({ name }) => `"${name}"`).join(', ');
    await client.query(`truncate ${tables} restart identity cascade`, []);
  } finally {
    client.release();
  }
}
