import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { tempFolder } from '../../testing/temp-folder.js';
import type { Archive } from '../archive.js';
import { openArchive } from '../open.js';
import { withPostgres } from './with-postgres.js';

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
  const folder = tempFolder();
  let embedded = 0;
  const open = () => openArchive({ databaseUrl: null, folder: join(folder, String((embedded += 1))) });
  for (const contract of contracts) contract('PGlite', open);

  withPostgres((database) => {
    const open = async () => openArchive({ databaseUrl: await database(), folder });
    for (const contract of contracts) contract('PostgreSQL', open);
  });
}
