import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { TestPostgres } from '../../../test/postgres.js';
import { startPostgres } from '../../../test/postgres.js';
import { dumpContract } from './dump.contract.js';
import { loadContract } from './load.contract.js';
import { openArchive } from '../open.js';

const folder = mkdtempSync(join(tmpdir(), 'copydesk-dump-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let embedded = 0;
for (const contract of [dumpContract, loadContract]) {
  contract('PGlite', () => openArchive({ databaseUrl: null, folder: join(folder, String((embedded += 1))) }));
}

describe('with a PostgreSQL server', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 300_000);
  afterAll(() => postgres.stop());

  for (const contract of [dumpContract, loadContract]) {
    contract('PostgreSQL', async () => openArchive({ databaseUrl: await postgres.database(), folder }));
  }
});
