import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { Charge, CostKey } from '../../../contract/money/charge.js';
import type { Costs } from '../../../contract/lists.js';
import type { PostState } from '../../../contract/states.js';
import type { Archive } from '../archive.js';
import { batchRecord, charge, postRecord } from '../sample-records.js';
import type { CostQuery } from './ledger.js';
import { useArchive } from '../testing/use-archive.js';

const id = (): string => newId(randomInt);
const NOTHING = { costUsd: 0, wastedUsd: 0, unknownUsd: 0, charges: 0 };

/** What every archive promises of `costs`. `open` gives one on an empty database. */
export function costsContract(name: string, open: () => Promise<Archive>): void {
  describe(`costs on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    /** Saves charges as those of one post of a new account, and answers the account's own row. */
    const ofPost = async (charges: readonly Charge[], status: PostState = 'published') => {
      const batch = batchRecord(id(), id());
      await archive.records.saveBatch(batch);
      await archive.records.savePost({ ...postRecord(id(), batch, { status }), charges });
      return rowOf(await archive.ledger.sumCosts({ by: 'account' }), batch.status.account);
    };
    const rowOf = ({ rows }: Costs, key: string) => {
      const row = rows.find((one) => one.key === key);
      return row && { ...row, key: undefined };
    };
    const at = (second: number): string => `2026-11-24T10:00:0${second}.000Z`;

    test('are nothing in an empty archive, and nothing but a count with stand-ins alone', async () => {
      const empty = { rows: [], total: { key: 'total', ...NOTHING }, offlineCharges: 0 };
      expect(await archive.ledger.sumCosts({ by: 'day' })).toEqual(empty);
      expect(await ofPost([charge('draft', { offline: true }), charge('video', { offline: true })])).toBe(
        undefined,
      );
      expect(await archive.ledger.sumCosts({ by: 'model' })).toEqual({ ...empty, offlineCharges: 2 });
    });

    test('of one batch are those of its planning and its posts', async () => {
      const batch = batchRecord(id(), id(), [charge('plan', { amount: 1 })]);
      const other = batchRecord(id(), id());
      for (const record of [batch, other]) await archive.records.saveBatch(record);
      await archive.records.savePost({
        ...postRecord(id(), batch),
        charges: [charge('draft', { amount: 20 })],
      });
      await archive.records.savePost({
        ...postRecord(id(), other),
        charges: [charge('draft', { amount: 300 })],
      });
      const { rows, total } = await archive.ledger.sumCosts({ by: 'step', batchId: batch.status.id });
      expect(rows.map(({ key, costUsd }) => [key, costUsd])).toEqual([
        ['draft', 0.00000002],
        ['plan', 0.000000001],
      ]);
      expect(total).toMatchObject({ costUsd: 0.000000021, charges: 2 });
    });

    test('of redone work are wasted: all but the newest kept charge of each step', async () => {
      const row = await ofPost([
        charge('draft', { amount: 1, at: at(1) }),
        charge('draft', { amount: 20, at: at(3) }),
        charge('draft', { amount: 300, at: at(2) }),
        charge('draft', { amount: 4_000, at: at(4), outcome: 'refused' }),
        charge('hero_image', { amount: 50_000, at: at(0) }),
      ]);
      expect(row).toEqual({
        costUsd: 0.000054321,
        wastedUsd: 0.000004301,
        unknownUsd: 0,
        charges: 5,
      });
    });

    test.each<PostState>(['rejected', 'cancelled', 'expired', 'failed'])(
      'of a post that is %s are wasted',
      async (status) => {
        const row = await ofPost(
          [charge('draft', { amount: 5 }), charge('hero_image', { amount: 6 })],
          status,
        );
        expect(row).toEqual({ costUsd: 11e-9, wastedUsd: 11e-9, unknownUsd: 0, charges: 2 });
      },
    );

    test.each<PostState>(['awaiting_approval', 'blocked', 'scheduled', 'published'])(
      'of a post that is %s are not',
      async (status) => {
        const row = await ofPost([charge('draft', { amount: 5 })], status);
        expect(row).toEqual({ costUsd: 5e-9, wastedUsd: 0, unknownUsd: 0, charges: 1 });
      },
    );

    test.each(['refused', 'truncated', 'malformed', 'rule_broken', 'failed', 'lost'] as const)(
      'of a call that was %s are wasted',
      async (outcome) => {
        const row = await ofPost([charge('draft', { amount: 7, outcome })]);
        expect(row).toEqual({ costUsd: 7e-9, wastedUsd: 7e-9, unknownUsd: 0, charges: 1 });
      },
    );

    test('of a lost answer are unknown, and neither known nor wasted', async () => {
      const row = await ofPost([
        charge('hero_image', { amount: 60_000_000, basis: 'unknown', outcome: 'lost', at: at(1) }),
        charge('hero_image', { amount: 40_000_000, basis: 'billed', at: at(2) }),
      ]);
      expect(row).toEqual({ costUsd: 0.04, wastedUsd: 0, unknownUsd: 0.06, charges: 2 });
    });

    test('leave out what stand-ins made, but not that it took the place of real work', async () => {
      const row = await ofPost([
        charge('draft', { amount: 8, at: at(1) }),
        charge('draft', { amount: 90, at: at(2), offline: true }),
      ]);
      expect(row).toEqual({ costUsd: 8e-9, wastedUsd: 8e-9, unknownUsd: 0, charges: 1 });
    });

    test('of stand-ins alone, where these are asked for, are what they would have cost', async () => {
      const batch = batchRecord(id(), id());
      const { account } = batch.status;
      await archive.records.saveBatch(batch);
      const sample = { offline: true } as const;
      const charges = [
        charge('draft', { amount: 8, at: at(1) }),
        charge('draft', { ...sample, amount: 50, at: at(2) }),
        charge('draft', { ...sample, amount: 90, at: at(3) }),
      ];
      await archive.records.savePost({ ...postRecord(id(), batch), charges });
      const { rows, total } = await archive.ledger.sumCosts({ by: 'account', account, offline: true });
      expect(rows).toEqual([{ key: account, costUsd: 140e-9, wastedUsd: 50e-9, unknownUsd: 0, charges: 2 }]);
      expect(total).toEqual({ ...rows[0], key: 'total' });
    });

    test('of one row are those of its posts, plans and chats, the dearest first', async () => {
      const batch = batchRecord(id(), id(), [charge('plan', { amount: 3, at: at(1) })]);
      const { account, planner } = batch.status;
      const [postId, chatId] = [id(), id()];
      await archive.records.saveBatch(batch);
      const drafts = [charge('draft', { amount: 5, at: at(1) }), charge('draft', { amount: 7, at: at(3) })];
      await archive.records.savePost({ ...postRecord(postId, batch), charges: drafts });
      const chat = { postId: null, batchId: null, chatId, account, planner: null };
      await archive.ledger.settle({ payer: chat, charges: [charge('chat', { amount: 1, at: at(2) })] });
      const ofRow = async (query: Partial<CostQuery>) => {
        const { rows } = await archive.ledger.sumCosts({ by: 'payer', account, ...query });
        return rows.map(({ key, costUsd }) => [key, Math.round(costUsd * 1e9)]);
      };
      const [post, plan, talk] = [`post/${postId}`, `batch/${batch.status.id}`, `chat/${chatId}`];
      expect(await ofRow({ only: { by: 'account', key: account } })).toEqual([
        [post, 12],
        [plan, 3],
        [talk, 1],
      ]);
      expect(await ofRow({ only: { by: 'step', key: 'plan' } })).toEqual([[plan, 3]]);
      expect(await ofRow({ only: { by: 'planner', key: planner } })).toEqual([
        [post, 12],
        [plan, 3],
      ]);
      const early = { since: at(1), until: at(2), only: { by: 'day', key: '2026-11-24' } } as const;
      expect(await ofRow(early)).toEqual([
        [post, 5],
        [plan, 3],
      ]);
      // What is redone later is wasted, also where only the time before that is asked for.
      const { total } = await archive.ledger.sumCosts({ by: 'payer', account, until: at(2) });
      expect(total.wastedUsd).toBe(5e-9);
    });

    test('of the pages of a plan stand beside each other', async () => {
      const pages = [charge('plan', { amount: 10 }), charge('plan', { amount: 1 })];
      const batch = batchRecord(id(), id(), pages);
      await archive.records.saveBatch(batch);
      expect(rowOf(await archive.ledger.sumCosts({ by: 'account' }), batch.status.account)).toEqual({
        costUsd: 11e-9,
        wastedUsd: 0,
        unknownUsd: 0,
        charges: 2,
      });
    });

    test('are summed by each key, and the rows by the total', async () => {
      const own = id();
      const batch = batchRecord(id(), own);
      const planned = { ...batch, status: { ...batch.status, planner: own } };
      const paid = { model: own, amount: 2_000_000_000, at: '2031-01-02T23:59:59.999Z' };
      await archive.records.saveBatch(planned);
      const charges = [charge('review', paid), charge('review', { ...paid, basis: 'unknown' })];
      await archive.records.savePost({ ...postRecord(id(), planned), charges });
      const keys: Record<CostKey, string> = {
        day: '2031-01-02',
        account: own,
        planner: own,
        model: own,
        step: 'review',
      };
      const totals = [];
      for (const [by, key] of Object.entries(keys) as [CostKey, string][]) {
        const costs = await archive.ledger.sumCosts({ by });
        expect(rowOf(costs, key), by).toMatchObject({ costUsd: 2, unknownUsd: 2, charges: 2 });
        expect(costs.rows.reduce((sum, row) => sum + row.charges, 0)).toBe(costs.total.charges);
        expect(costs.rows.reduce((sum, row) => sum + row.costUsd, 0)).toBeCloseTo(costs.total.costUsd, 9);
        totals.push(costs.total);
      }
      expect(new Set(totals.map((total) => JSON.stringify(total))).size).toBe(1);
    });

    test('begin with the moment that is asked for, days with the oldest', async () => {
      const days = ['2032-03-03T00:00:00.000Z', '2032-03-02T23:59:59.999Z', '2032-03-04T12:00:00.000Z'];
      await ofPost(days.map((day, index) => charge('draft', { amount: 10 ** index, at: day })));
      const since = async (time: string) => {
        const { rows, total } = await archive.ledger.sumCosts({ by: 'day', since: time });
        return [...rows, total].map(({ key, costUsd }) => [key, Math.round(costUsd * 1e9)]);
      };
      const [third, fourth] = [
        ['2032-03-03', 1],
        ['2032-03-04', 100],
      ];
      expect(await since('2032-03-02T00:00:00.000Z')).toEqual([
        ['2032-03-02', 10],
        third,
        fourth,
        ['total', 111],
      ]);
      expect(await since('2032-03-03T00:00:00.000Z')).toEqual([third, fourth, ['total', 101]]);
      expect(await since('2032-03-05T00:00:00.000Z')).toEqual([['total', 0]]);
    });

    test('by anything but a day come dearest first', async () => {
      const { rows } = await archive.ledger.sumCosts({ by: 'account' });
      const costs = rows.map(({ costUsd }) => costUsd);
      expect(costs).toEqual([...costs].sort((one, other) => other - one));
      expect(rows.length).toBeGreaterThan(5);
    });
  });
}
