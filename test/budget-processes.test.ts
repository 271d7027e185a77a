import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { sumNano } from '../contract/money/nano.js';
import { type Archive, openArchive } from '../services/archive/archive.js';
import { tempFolder } from '../services/testing/temp-folder.js';
import { batchRecord } from '../services/archive/sample-records.js';
import { Crew } from './budget/crew.js';
import { paymentsIn, type Payment, type Spending, type Word } from './budget/spending.js';
import { chanceOf } from '../offline/seed.js';
import { borrowDatabase } from './servers/borrow.js';
import { until } from './until.js';

const SEED = Number(process.env['COPYDESK_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const REPEAT = `repeat with COPYDESK_TEST_SEED=${SEED}`;
const ACCOUNT = 'ash';
const MONTH = 6_000;
/** The first is used up long before the month; together they hold more than it. The last one has no record. */
const BATCHES = [
  { id: 'batchAAAAAAA', limits: { batch: 1_200, month: MONTH } },
  { id: 'batchBBBBBBB', limits: { batch: 3_000, month: MONTH } },
  { id: 'batchCCCCCCC', limits: { batch: 3_600, month: MONTH } },
];
const RECORDED = BATCHES.slice(0, 2);
/** What the dearest call is expected to cost. */
const DEAREST = 10;
const PROCESSES = 8;
const KILLS = 9;
/** When a worker has paid and not settled, when it has reserved and not paid, and wherever it is. */
const MOMENTS: readonly (Word | null)[] = ['paid', 'reserved', null];

describe('eight processes that spend the money of one account on calls dearer than expected, killed again and again', () => {
  const folder = tempFolder();
  let archive: Archive;
  let crew: Crew;
  let payments: Payment[];

  beforeAll(async () => {
    const databaseUrl = await borrowDatabase();
    archive = await openArchive({ databaseUrl, folder: '' });
    await archive.migrate();
    for (const { id, limits } of RECORDED) await archive.records.saveBatch(recordOf(id, limits));
    const batches = BATCHES.map(({ id, limits }) => ({ id, limits: recorded(id) ? UNTRUE : limits }));
    const spending: Spending = {
      ...{ databaseUrl, folder, account: ACCOUNT, batches },
      ...{ dearest: DEAREST, times: 10, leaseMs: 15_000, patienceMs: 800 },
    };
    await spend(spending).catch((cause: unknown) => {
      throw new Error(`${REPEAT}: ${String(cause)}`, { cause });
    });
    payments = paymentsIn(folder);
  }, 180_000);

  async function spend(spending: Spending): Promise<void> {
    const chance = chanceOf(String(SEED));
    crew = new Crew(spending, chance);
    await crew.start(PROCESSES, 2);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await pause(chance.next(101));
      await crew.kill(MOMENTS[kill % MOMENTS.length]!);
    }
    await until(monthSpent, (spent) => spent >= MONTH, 200).finally(() => crew.check());
    await crew.finish();
  }

  afterAll(async () => {
    crew?.close();
    await archive?.close();
  });

  const told = (): void => onTestFailed(() => console.error(REPEAT));

  const chargesOf = async (): Promise<{ key: string; batchId: string; amount: number }[]> => {
    const each = BATCHES.map(async ({ id: batchId }) =>
      (await archive.ledger.listCharges({ batchId })).map(({ key, amount }) => ({ key, batchId, amount })),
    );
    return (await Promise.all(each)).flat();
  };
  const monthSpent = async (): Promise<number> => sumNano((await chargesOf()).map(({ amount }) => amount));

  // The ledger only grows: what it never exceeds in the end it never exceeded.
  it('uses the month up to its last nano-dollar, and pays nothing over it', () => {
    told();
    expect(sumNano(payments.map(({ amount }) => amount))).toBe(MONTH);
  });

  it.each(BATCHES)('never pays more for $id than its budget', ({ id, limits }) => {
    told();
    const paid = sumNano(payments.flatMap(({ batchId, amount }) => (batchId === id ? amount : [])));
    expect(paid).toBeGreaterThan(0);
    expect(paid).toBeLessThanOrEqual(limits.batch);
  });

  it('pays no call twice, and has a charge for each that was paid, of the same amount', async () => {
    told();
    const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);
    expect(new Set(payments.map(({ key }) => key)).size).toBe(payments.length);
    expect((await chargesOf()).sort(byKey)).toEqual([...payments].sort(byKey));
  });

  it('holds nothing back in the end', async () => {
    told();
    for (const { id } of BATCHES) expect(await archive.ledger.listHolds({ batchId: id })).toEqual([]);
  });

  it('was killed in each moment, and heard of both budgets, waited, and paid more than was expected', () => {
    told();
    expect(crew.kills).toHaveLength(KILLS);
    expect(crew.kills).toEqual(expect.arrayContaining([...MOMENTS]));
    expect(crew.words['over batch']).toBeGreaterThan(0);
    expect(crew.words['over month']).toBeGreaterThan(0);
    expect(crew.words.waits).toBeGreaterThan(0);
    expect(payments.some(({ amount }) => amount > DEAREST)).toBe(true);
  });
});

/** What a worker says of a batch that has a record counts for nothing. */
const UNTRUE = { batch: 1_000_000, month: null };
const recorded = (id: string): boolean => RECORDED.some((batch) => batch.id === id);

function recordOf(id: string, { batch, month }: { batch: number; month: number }) {
  const record = batchRecord(id, ACCOUNT);
  const status = { ...record.status, budgetUsd: batch / 1_000_000_000 };
  return { ...record, status, monthBudget: month };
}
