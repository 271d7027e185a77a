import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresPool } from 'kysely';
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CostKey } from '../../contract/lists.js';
import type { PostStatus } from '../../contract/status.js';
import { tempFolder } from '../testing/temp-folder.js';
import type { ArchiveLine } from './transfer/transfer.js';
import type { Archive } from './archive.js';
import { createArchive } from './create-archive.js';
import { MIGRATIONS } from './migrate.js';
import { openPglite } from './embedded/pglite.js';
import { postgresPool } from './postgres-pool.js';
import { GRANTED, payerOf, refused, request, waits } from './ledger/testing/requests.js';
import { withPostgres } from './testing/with-postgres.js';

const lines = <T>(name: string): T[] =>
  readFileSync(new URL(`testing/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
/** What version 0.1.0 wrote: the rows of a batch of stand-ins and of a real one, in lists and at the end of their lives. */
const WRITTEN = lines<ArchiveLine>('archive-002.ndjson');
const written = (table: string) => WRITTEN.filter((line) => line.table === table).map(({ row }) => row);
/** What version 0.1.0 then read, list by list; of costs and charges, by what. */
const READ = lines<{ list: string; by?: string; row: any }>('archive-002.read.ndjson');
const read = (list: string, by?: string) =>
  READ.filter((line) => line.list === list && line.by === by).map(({ row }) => row);
const [REAL, OFFLINE] = ['Rk3vQ9sLw2Xa', 'V7PI52AZqZog'] as const;

const folder = tempFolder();

migrationOn('PGlite', (name) => openPglite(join(folder, name), {}));

withPostgres((database) => migrationOn('PostgreSQL', async () => postgresPool(await database())));

function migrationOn(engine: string, open: (name: string) => Promise<PostgresPool>): void {
  describe(`an archive of 0.1.0 on ${engine}, brought up to date`, () => {
    let pool: PostgresPool;
    let archive: Archive;
    beforeAll(async () => {
      pool = await open('old');
      await writeOld(pool);
      archive = createArchive(pool);
      await archive.migrate();
    }, 120_000);
    afterAll(() => archive.close());

    test.each(written('batches'))('keeps the document of batch $id', async ({ id, doc }) => {
      expect(await archive.records.findBatch(String(id))).toEqual(doc);
    });

    test.each(written('posts'))('keeps the document of post $id', async ({ id, doc }) => {
      expect(await archive.records.findPost(String(id))).toEqual(asReadToday(doc as PostStatus));
    });

    test('shows the one revision that a post of before the table of revisions is known at', async () => {
      const seen = written('posts').filter(({ status }) => status === 'published');
      expect(seen.length).toBeGreaterThan(0);
      for (const { id, doc } of seen) {
        const { revision, title, body } = doc as PostStatus;
        expect(await archive.records.listRevisions(String(id))).toMatchObject([{ revision, title, body }]);
      }
    });

    test('keeps the account as its newest batch has it', async () => {
      const newest = written('batches').find(({ id }) => id === OFFLINE);
      expect(await archive.records.findAccount('ashtalksai')).toEqual(newest?.['account_doc']);
    });

    test('lists the same batches, posts, titles and publications', async () => {
      expect((await archive.records.listBatches()).batches).toMatchObject(read('batches'));
      expect((await archive.records.listPosts()).posts).toMatchObject(read('posts'));
      expect(await archive.records.listTitles('ashtalksai', 10)).toEqual(read('titles'));
      const published = await archive.records.listPublishedPosts('ashtalksai', { limit: 50 });
      expect(published.map(({ publication }) => publication)).toMatchObject(read('published'));
      expect(await archive.records.listCitingTurns('m4TzYb7KcD1e')).toMatchObject(read('citingTurns'));
    });

    test.each(['day', 'account', 'planner', 'model', 'step'] as CostKey[])(
      'sums the same by %s',
      async (by) => {
        expect([await archive.ledger.sumCosts({ by })]).toMatchObject(read('costs', by));
      },
    );

    test.each([REAL, OFFLINE])('has the same charges of batch %s', async (batchId) => {
      const charges = await archive.ledger.listCharges({ batchId });
      const words = charges.map(({ key, amount, basis, at }) => [key, amount, basis, at].join(' '));
      expect(words).toEqual(read('charges', batchId));
    });

    test('holds each batch to the budget of its document, and no month', async () => {
      const budgets = await sql`select id, budget, month_budget from batches order by id`.execute(dbOf(pool));
      expect(budgets.rows).toEqual([
        { id: REAL, budget: 7_000_000_003, month_budget: null },
        { id: OFFLINE, budget: 5_000_000_001, month_budget: null },
      ]);
      const payer = { account: 'ashtalksai', planner: 'any', batchId: REAL, postId: null };
      const call = { key: 'next', payer, offline: false, leaseMs: 1_000, limits: { batch: 0, month: 0 } };
      // Its planning, its post, and the estimate of an answer that was lost.
      const taken = 72_345_679 + 60_000_000;
      const left = 7_000_000_003 - taken;
      const refusal = refused('batch', 7_000_000_003, taken, left + 1);
      expect(await archive.ledger.reserve({ ...call, amount: left + 1 })).toEqual(refusal);
      expect(await archive.ledger.reserve({ ...call, amount: left })).toEqual(GRANTED);
    });

    test('can be dumped, and loaded into an empty one', async () => {
      const other = createArchive(await open('new'));
      await other.migrate();
      const counts = await other.transfer.load(archive.transfer.dump());
      expect(Object.values(counts).reduce((sum, { written }) => sum + written, 0)).toBe(WRITTEN.length);
      expect(await other.records.listBatches()).toEqual(await archive.records.listBatches());
      expect(await other.records.listPosts()).toEqual(await archive.records.listPosts());
      await other.close();
    });
  });

  test(`an archive with a call in flight on ${engine}, of the schema without mosts, holds its amount as its most`, async () => {
    const pool = await open('in-flight');
    const payer = payerOf();
    await migrateTo(dbOf(pool), '003_money');
    const { account, planner, batchId } = payer;
    await sql`
      insert into reservations (key, account, planner, batch_id, amount, offline, until)
      values ('before', ${account}, ${planner}, ${batchId}, 60, false, now() + interval '1 hour')
    `.execute(dbOf(pool));
    const archive = createArchive(pool);
    await archive.migrate();
    expect(await archive.ledger.findCall('before')).toEqual({ charge: null, held: 60 });
    const reserve = (most: number) => archive.ledger.reserve(request(payer, 1, { most }));
    expect(await reserve(41)).toEqual(waits('batch', 100, 60, 41));
    expect(await reserve(40)).toEqual(GRANTED);
    await archive.close();
  });
}

/** Of a document of 0.1.0 nothing had been taken back. */
const asReadToday = (doc: PostStatus): PostStatus => ({
  ...doc,
  publications: doc.publications.map((publication) => ({ ...publication, removedAt: null })),
});

const dbOf = (pool: PostgresPool): Kysely<unknown> =>
  new Kysely({
    dialect: new PostgresDialect({ pool: { connect: () => pool.connect(), end: async () => {} } }),
  });

async function migrateTo(db: Kysely<unknown>, migration: keyof typeof MIGRATIONS): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateTo(migration);
  if (error !== undefined) throw error;
}

/** A database as 0.1.0 left it: its schema, by its own migrations, and its rows. */
async function writeOld(pool: PostgresPool): Promise<void> {
  const db = dbOf(pool);
  await migrateTo(db, '002_reminders');
  for (const { table, row } of WRITTEN) {
    const [old, json] = [sql.table(table), JSON.stringify(row)];
    const insert = sql`insert into ${old} select * from jsonb_populate_record(null::${old}, ${json}::jsonb)`;
    await insert.execute(db);
  }
}
