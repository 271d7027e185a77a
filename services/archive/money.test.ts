import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { TestPostgres } from '../../test/postgres.js';
import { startPostgres } from '../../test/postgres.js';
import { billsContract } from './bills.contract.js';
import { budgetsContract } from './budgets.contract.js';
import { openArchive } from './open.js';
import { settleContract } from './settle.contract.js';

const CONTRACTS = { budgets: budgetsContract, settle: settleContract, bills: billsContract };

const folder = mkdtempSync(join(tmpdir(), 'copydesk-money-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const [name, contract] of Object.entries(CONTRACTS)) {
  contract('PGlite', () => openArchive({ databaseUrl: null, folder: join(folder, name) }));
}

describe('with a PostgreSQL server', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 300_000);
  afterAll(() => postgres.stop());

  for (const contract of Object.values(CONTRACTS)) {
    contract('PostgreSQL', async () => openArchive({ databaseUrl: await postgres.database(), folder }));
  }
});
