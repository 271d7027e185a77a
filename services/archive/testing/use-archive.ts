import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { startPostgres, type TestPostgres } from '../../../test/postgres.js';
import type { Archive } from '../archive.js';
import { openArchive } from '../open.js';

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
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-archive-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let embedded = 0;
  for (const contract of contracts) {
    contract('PGlite', () =>
      openArchive({ databaseUrl: null, folder: join(folder, String((embedded += 1))) }),
    );
  }

  describe('with a PostgreSQL server', () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    }, 300_000);
    afterAll(() => postgres.stop());

    for (const contract of contracts) {
      contract('PostgreSQL', async () => openArchive({ databaseUrl: await postgres.database(), folder }));
    }
  });
}
