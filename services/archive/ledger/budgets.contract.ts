import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import { until } from '../../../test/until.js';
import type { Archive } from '../archive.js';
import { batchRecord, charge, postRecord } from '../sample-records.js';
import { GRANTED, payerOf, refused, request } from './testing/requests.js';
import { useArchive } from '../testing/use-archive.js';

const id = (): string => newId(randomInt);
const NOW = new Date().toISOString();
/** The last millisecond of the month before this one, in UTC. */
const LAST_MONTH = new Date(Date.parse(`${NOW.slice(0, 7)}-01T00:00:00.000Z`) - 1).toISOString();

/** What every archive promises of budgets. `open` gives one on an empty database. */
export function budgetsContract(name: string, open: () => Promise<Archive>): void {
  describe(`budgets on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    const reserve = (...args: Parameters<typeof request>) => archive.ledger.reserve(request(...args));

    test('a batch may be used up to its last nano-dollar, and not over it', async () => {
      const payer = payerOf();
      expect(await reserve(payer, 60)).toEqual(GRANTED);
      expect(await reserve(payer, 41)).toEqual(refused('batch', 100, 60, 41));
      expect(await reserve(payer, 40)).toEqual(GRANTED);
      expect(await reserve(payer, 1)).toEqual(refused('batch', 100, 100, 1));
      expect(await reserve(payerOf(payer.account), 100)).toEqual(GRANTED);
    });

    test('twenty who reserve at once get no more than there is', async () => {
      const payer = payerOf();
      const answers = await Promise.all(Array.from({ length: 20 }, () => reserve(payer, 30)));
      expect(answers.filter(({ granted }) => granted)).toHaveLength(3);
      expect(answers.filter(({ granted }) => !granted)).toEqual(
        Array(17).fill(refused('batch', 100, 90, 30)),
      );
    });

    test('the same key again replaces what it held; where that is refused, it holds what it held', async () => {
      const payer = payerOf();
      const key = id();
      await reserve(payer, 60, { key });
      expect(await reserve(payer, 90, { key })).toEqual(GRANTED);
      expect(await reserve(payer, 11)).toEqual(refused('batch', 100, 90, 11));
      expect(await reserve(payer, 101, { key })).toEqual(refused('batch', 100, 0, 101));
      expect(await archive.ledger.listHolds({ batchId: payer.batchId })).toMatchObject([{ key, amount: 90 }]);
    });

    test('what is held is told for a post and its batch, with the end of its lease', async () => {
      const payer = payerOf();
      const plan = { ...payer, postId: null };
      await reserve(plan, 10, { key: 'plan', leaseMs: 1_000_000 });
      await reserve(payer, 20, { key: `${payer.postId}`, leaseMs: 2_000_000 });
      const ofBatch = await archive.ledger.listHolds({ batchId: payer.batchId });
      expect(ofBatch.map(({ key, amount }) => [key, amount])).toEqual([
        ['plan', 10],
        [payer.postId, 20],
      ]);
      expect(await archive.ledger.listHolds({ postId: payer.postId! })).toEqual(ofBatch.slice(1));
      expect(Date.parse(ofBatch[1]!.until) - Date.parse(ofBatch[0]!.until)).toBeGreaterThan(999_000);
    });

    test('what is given back can be had again', async () => {
      const payer = payerOf();
      const key = id();
      await reserve(payer, 100, { key });
      await archive.ledger.release(key);
      await archive.ledger.release(key);
      expect(await archive.ledger.listHolds({ batchId: payer.batchId })).toEqual([]);
      expect(await reserve(payer, 100)).toEqual(GRANTED);
    });

    test('an expired lease holds nothing and is not brought back; one made longer lives', async () => {
      const payer = payerOf();
      const [short, long] = [id(), id()];
      await reserve(payer, 50, { key: long, leaseMs: 600_000 });
      await archive.ledger.extend(long, 3_600_000);
      await reserve(payer, 50, { key: short, leaseMs: 1 });
      const held = await until(
        () => archive.ledger.listHolds({ batchId: payer.batchId }),
        ({ length }) => length < 2,
      );
      expect(held).toMatchObject([{ key: long, amount: 50 }]);
      expect(Date.parse(held[0]!.until)).toBeGreaterThan(Date.now() + 3_000_000);
      await archive.ledger.extend(short, 60_000);
      await archive.ledger.extend('nobody holds this', 60_000);
      expect(await reserve(payer, 51)).toEqual(refused('batch', 100, 50, 51));
      expect(await reserve(payer, 50)).toEqual(GRANTED);
    });

    test('charges count from the moment they are settled, unknown ones by their estimate', async () => {
      const payer = payerOf();
      const kept = charge('draft', { amount: 30 });
      const lost = charge('draft', { amount: 20, basis: 'unknown', outcome: 'lost' });
      await reserve(payer, 90, { key: kept.key });
      await archive.ledger.settle({ payer, charges: [kept, lost] });
      expect(await archive.ledger.listHolds({ batchId: payer.batchId })).toEqual([]);
      expect(await reserve(payer, 51)).toEqual(refused('batch', 100, 50, 51));
      expect(await reserve(payer, 50)).toEqual(GRANTED);
    });

    test('a call whose charge is written is granted again without holding anything', async () => {
      const payer = payerOf();
      const made = charge('draft', { amount: 100 });
      await archive.ledger.settle({ payer, charges: [made] });
      expect(await reserve(payer, 100, { key: made.key })).toEqual(GRANTED);
      expect(await archive.ledger.listHolds({ batchId: payer.batchId })).toEqual([]);
    });

    test('the records of a batch and of a post give back what was held for their charges', async () => {
      const batch = batchRecord(id(), id(), [charge('plan', { amount: 1 })]);
      const post = { ...postRecord(id(), batch), charges: [charge('draft', { amount: 2 })] };
      const payer = { ...payerOf(batch.status.account, post.status.id), batchId: batch.status.id };
      for (const { key } of [...batch.charges, ...post.charges]) await reserve(payer, 50, { key });
      await archive.records.saveBatch(batch);
      await archive.records.savePost(post);
      expect(await archive.ledger.listHolds({ batchId: payer.batchId })).toEqual([]);
    });

    test("the limits of the batch's latest record go before those of the request", async () => {
      const batch = batchRecord(id(), id());
      const payer = { ...payerOf(batch.status.account), batchId: batch.status.id };
      const save = (sequence: number, budgetUsd: number, monthBudget?: number) =>
        archive.records.saveBatch({
          ...batch,
          sequence,
          monthBudget,
          status: { ...batch.status, budgetUsd },
        });
      const limits = { batch: 1, month: 1 };
      await save(2, 0.000000002);
      expect(await reserve(payer, 3, { limits })).toEqual(refused('batch', 2, 0, 3));
      expect(await reserve(payer, 2, { limits, key: payer.batchId }), 'no month without one').toEqual(
        GRANTED,
      );
      await save(1, 1);
      expect(await reserve(payer, 1, { limits }), 'an old record').toEqual(refused('batch', 2, 2, 1));
      await save(3, 0.00000001, 4);
      expect(await reserve(payer, 3, { limits })).toEqual(refused('month', 4, 2, 3));
      await save(4, 1_000_000);
      expect(await reserve(payer, 999_999_999_999_999, { limits })).toEqual(
        refused('batch', 1_000_000_000_000_000, 2, 999_999_999_999_999),
      );
      const { account } = batch;
      const budget = { ...account.budget, month: 5 };
      await archive.records.saveBatch({ ...batch, sequence: 5, account: { ...account, budget } });
      expect(await reserve(payer, 4), "the account file's").toEqual(refused('month', 5, 2, 4));
    });

    test('a month counts all of its account in this month of UTC; the batch is named where both are used up', async () => {
      const account = id();
      const limits = { batch: 100, month: 120 };
      const [first, second] = [payerOf(account), payerOf(account, null)];
      const charges = [
        charge('draft', { amount: 50, at: NOW }),
        charge('draft', { amount: 40, at: LAST_MONTH }),
      ];
      await archive.ledger.settle({ payer: first, charges });
      expect(await reserve(first, 71, { limits })).toEqual(refused('batch', 100, 90, 71));
      expect(await reserve(second, 71, { limits })).toEqual(refused('month', 120, 50, 71));
      expect(await reserve(second, 70, { limits })).toEqual(GRANTED);
      expect(await reserve(second, 1, { limits })).toEqual(refused('month', 120, 120, 1));
      expect(await reserve(payerOf(), 100, { limits }), 'another account').toEqual(GRANTED);
    });

    test('what stand-ins are said to cost is counted apart, and never in a month', async () => {
      const payer = payerOf();
      const [limits, offline] = [{ batch: 100, month: 50 }, true];
      await archive.ledger.settle({ payer, charges: [charge('draft', { amount: 60, at: NOW, offline })] });
      expect(await reserve(payer, 41, { limits, offline })).toEqual(refused('batch', 100, 60, 41));
      expect(await reserve(payer, 40, { limits, offline })).toEqual(GRANTED);
      expect(await reserve(payer, 51, { limits })).toEqual(refused('month', 50, 0, 51));
      expect(await reserve(payer, 50, { limits })).toEqual(GRANTED);
    });
  });
}
