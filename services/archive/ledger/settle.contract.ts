import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { Archive } from '../archive.js';
import { batchRecord, charge, postRecord } from '../sample-records.js';
import { useArchive } from '../testing/use-archive.js';

const id = (): string => newId(randomInt);

/** What every archive promises of charges that are settled before their record comes. */
export function settleContract(name: string, open: () => Promise<Archive>): void {
  describe(`settling on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    const payer = { account: id(), planner: 'inference', batchId: id(), postId: id() };

    test('the charges come back as they are stored, in the order given, and stand on record once', async () => {
      const charges = [
        charge('video', { key: 'b' }),
        charge('draft', { key: 'a', at: '2026-11-24T09:00:00.000Z' }),
      ];
      expect(await archive.ledger.settle({ payer, charges })).toEqual(charges);
      expect(await archive.ledger.settle({ payer, charges })).toEqual(charges);
      expect(await archive.ledger.listCharges({ postId: payer.postId })).toEqual([...charges].reverse());
      expect(await archive.ledger.settle({ payer, charges: [] })).toEqual([]);
    });

    test('what was written first stands, but an output that was kept after all is kept', async () => {
      const refused = charge('draft', { amount: 7, outcome: 'refused' });
      const kept = charge('draft', { key: refused.key, amount: 9 });
      await archive.ledger.settle({ payer, charges: [refused] });
      const stored = { ...refused, outcome: 'kept' };
      expect(
        await archive.ledger.settle({ payer, charges: [kept, { ...kept, outcome: 'refused' }] }),
      ).toEqual([stored, stored]);
      expect(await archive.ledger.settle({ payer, charges: [refused] })).toEqual([stored]);
    });

    test('what is known replaces an estimate of the same call, and no estimate replaces what is known', async () => {
      const lost = charge('video', { amount: 7, basis: 'unknown', outcome: 'lost', requestId: null });
      const found = charge('video', { key: lost.key, amount: 9, basis: 'metered', outcome: 'failed' });
      await archive.ledger.settle({ payer, charges: [lost] });
      expect(await archive.ledger.settle({ payer, charges: [found] })).toEqual([found]);
      expect(await archive.ledger.settle({ payer, charges: [lost, { ...found, amount: 11 }] })).toEqual([
        found,
        found,
      ]);
      const both = charge('video', { key: id(), amount: 9, basis: 'metered' });
      const estimate = { ...both, amount: 7, basis: 'unknown' as const, outcome: 'lost' as const };
      expect(await archive.ledger.settle({ payer, charges: [estimate, both] })).toEqual([both, both]);
    });

    test('a record hears of its charges that stand otherwise, and of no others', async () => {
      const paid = charge('draft', { amount: 7 });
      const same = charge('draft', { amount: 8 });
      const batch = batchRecord(id(), payer.account);
      const post = postRecord(id(), batch, {});
      await archive.ledger.settle({ payer: { ...payer, postId: post.status.id }, charges: [paid, same] });
      const lost = { ...paid, amount: 9, basis: 'unknown' as const, outcome: 'lost' as const };
      const late = charge('draft');
      expect(await archive.records.savePost({ ...post, charges: [lost, same, late] })).toEqual([paid]);
      expect(await archive.records.saveBatch({ ...batch, charges: [] })).toEqual([]);
    });

    test('twenty who settle the same charges in any order agree', async () => {
      const charges = Array.from({ length: 20 }, () => charge('draft'));
      const orders = charges.map((_, n) => [...charges.slice(n), ...charges.slice(0, n)]);
      const answers = await Promise.all(
        orders.map((order) => archive.ledger.settle({ payer, charges: order })),
      );
      expect(answers).toEqual(orders);
    });

    test('the cost of a planning is right in the list whoever writes its charges first', async () => {
      const lost = charge('plan', { amount: 1_000, basis: 'unknown' });
      const pages = Array.from({ length: 10 }, (_, n) => charge('plan', { amount: n + 1 }));
      const batch = batchRecord(id(), id(), pages.slice(0, 1));
      const plan = { ...payer, account: batch.status.account, batchId: batch.status.id, postId: null };
      await Promise.all([
        ...pages.slice(1).map((page) => archive.ledger.settle({ payer: plan, charges: [page, lost] })),
        archive.records.saveBatch(batch),
      ]);
      const summary = (await archive.records.listBatches()).batches.find((row) => row.id === batch.status.id);
      expect(summary?.costUsd).toBe(0.000000055);
    });

    test('settling that fails leaves nothing of itself behind', async () => {
      const whose = { ...payer, postId: id() };
      const charges = [charge('draft'), charge('draft', { at: 'yesterday-ish' })];
      await expect(archive.ledger.settle({ payer: whose, charges })).rejects.toThrow(/yesterday-ish/);
      expect(await archive.ledger.listCharges({ postId: whose.postId })).toEqual([]);
    });
  });
}
