import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { Charge } from '../../../contract/money/charge.js';
import type { Bill } from './ledger.js';
import type { Archive } from '../archive.js';
import { batchRecord, charge, postRecord } from '../sample-records.js';
import { useArchive } from '../testing/use-archive.js';

const id = (): string => newId(randomInt);

/** What every archive promises of the bills of providers. `open` gives one on an empty database. */
export function billsContract(name: string, open: () => Promise<Archive>): void {
  describe(`bills on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    const bill = (requestId: string, amount: number, units: string | null = '1'): Bill => ({
      requestId,
      amount,
      units,
      at: '2026-11-24T10:05:00.000Z',
    });

    /** Saves charges of a post and its batch's planning. */
    async function save(charges: readonly Charge[], plans: readonly Charge[] = []) {
      const batch = batchRecord(id(), id(), plans);
      const post = postRecord(id(), batch);
      await archive.records.saveBatch(batch);
      await archive.records.savePost({ ...post, charges });
      return { batch: batch.status, post: post.status };
    }

    test('a charge with a request id may be billed, and is told with what was billed for it', async () => {
      const provider = id();
      const clip = charge('video', { provider, requestId: id(), at: '2026-11-24T10:00:01.000Z' });
      const lost = charge('hero_image', { provider, requestId: id(), basis: 'unknown' });
      const { batch, post } = await save([
        clip,
        lost,
        charge('hero_image', { provider, requestId: null }),
        charge('hero_image', { provider, requestId: id(), offline: true }),
        charge('hero_image', { provider: id(), requestId: id() }),
      ]);
      await archive.ledger.saveBills([bill(clip.requestId!, 59_000_000)]);
      const whose = { postId: post.id, batchId: batch.id, account: batch.account, model: clip.model };
      const known = { ...whose, key: clip.key, requestId: clip.requestId, at: clip.at };
      const second = { ...known, amount: 60_000_000, unknown: false, billed: 59_000_000 };
      const first = { ...second, key: lost.key, requestId: lost.requestId, at: lost.at };
      expect(await archive.ledger.listBillable({ provider, offline: false })).toEqual([
        { ...first, unknown: true, billed: null },
        second,
      ]);
      expect(await archive.ledger.listBillable({ provider, offline: false, since: clip.at })).toEqual([
        second,
      ]);
      expect(await archive.ledger.listBillable({ provider, offline: true })).toMatchObject([
        { billed: null },
      ]);
    });

    test('a planning has no post', async () => {
      const provider = id();
      const { batch } = await save([], [charge('plan', { provider, requestId: id() })]);
      const found = await archive.ledger.listBillable({ provider, offline: false });
      expect(found).toMatchObject([{ postId: null, batchId: batch.id }]);
    });

    test('a correction counts by its difference, down and up again, and a repeat adds nothing', async () => {
      const picture = charge('hero_image', { requestId: id() });
      const { post } = await save([picture]);
      const billed: (number | null)[] = [await archive.ledger.sumBills(post.id)];
      for (const amount of [0, 60, 60, 45, 45, 60, 60]) {
        await archive.ledger.saveBills([bill(picture.requestId!, amount), bill(id(), 1)]);
        billed.push(await archive.ledger.sumBills(post.id));
      }
      expect(billed).toEqual([null, 0, 60, 60, 45, 45, 60, 60]);
    });

    test('two who write the same bills at once agree', async () => {
      const ids = Array.from({ length: 5 }, id);
      const { post } = await save(ids.map((requestId) => charge('hero_image', { requestId })));
      const bills = ids.map((requestId) => bill(requestId, 10, null));
      await Promise.all([archive.ledger.saveBills(bills), archive.ledger.saveBills([...bills].reverse())]);
      expect(await archive.ledger.sumBills(post.id)).toBe(50);
    });

    test('a request of two charges is billed once', async () => {
      const requestId = id();
      const { post } = await save([charge('video', { requestId }), charge('video', { requestId })]);
      await archive.ledger.saveBills([bill(requestId, 7)]);
      expect(await archive.ledger.sumBills(post.id)).toBe(7);
    });

    test('bills never change what we say it cost', async () => {
      const made = charge('video', { requestId: id() });
      const { batch, post } = await save([made]);
      const read = async () => [
        await archive.ledger.sumCosts({ by: 'account' }),
        await archive.records.listBatches(),
        await archive.records.listPosts({ account: batch.account }),
        await archive.ledger.listCharges({ postId: post.id }),
      ];
      const before = await read();
      await archive.ledger.saveBills([bill(made.requestId!, 1_000_000_000)]);
      expect(await read()).toEqual(before);
    });

    test('thousands of bills, and none, are written in one go', async () => {
      await archive.ledger.saveBills([]);
      const last = id();
      const { post } = await save([charge('video', { requestId: last })]);
      await archive.ledger.saveBills([...Array.from({ length: 2_500 }, () => bill(id(), 1)), bill(last, 3)]);
      expect(await archive.ledger.sumBills(post.id)).toBe(3);
    });
  });
}
