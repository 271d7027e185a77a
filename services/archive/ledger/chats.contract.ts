import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { Archive } from '../archive.js';
import { charge } from '../sample-records.js';
import { useArchive } from '../testing/use-archive.js';
import { chatPayerOf, GRANTED, payerOf, refused, request, waits } from './testing/requests.js';
import type { CostKey } from '../../../contract/money/charge.js';

const id = (): string => newId(randomInt);
const NOW = new Date().toISOString();
/** The last millisecond of yesterday, in UTC. */
const YESTERDAY = new Date(Date.parse(`${NOW.slice(0, 10)}T00:00:00.000Z`) - 1).toISOString();

/** What every archive promises of the money of chats. `open` gives one on an empty database. */
export function chatMoneyContract(name: string, open: () => Promise<Archive>): void {
  describe(`the money of chats on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    const limits = { batch: null, month: null, day: 100 };
    const reserve = (...[payer, amount, rest]: Parameters<typeof request>) =>
      archive.ledger.reserve(request(payer, amount, { limits, ...rest }));

    test('a day of all chats of an account may be used up to its last nano-dollar, and not over it', async () => {
      const [one, other] = [chatPayerOf(), chatPayerOf()];
      const another = { ...other, account: one.account };
      expect(await reserve(one, 60)).toEqual(GRANTED);
      expect(await reserve(another, 41)).toEqual(refused('day', 100, 60, 41));
      expect(await reserve(another, 40)).toEqual(GRANTED);
      expect(await reserve(one, 1)).toEqual(refused('day', 100, 100, 1));
      expect(await reserve(other, 100), 'of another account').toEqual(GRANTED);
    });

    test('twenty who ask at once get no more than there is', async () => {
      const { account } = chatPayerOf();
      const answers = await Promise.all(Array.from({ length: 20 }, () => reserve(chatPayerOf(account), 30)));
      expect(answers.filter(({ granted }) => granted)).toHaveLength(3);
      expect(answers.filter(({ granted }) => !granted)).toEqual(Array(17).fill(refused('day', 100, 90, 30)));
    });

    test('a day counts what was paid in this day of UTC, unknown costs by their estimate', async () => {
      const payer = chatPayerOf();
      const charges = [
        charge('chat', { amount: 30, at: NOW }),
        charge('embedding', { amount: 5, at: NOW }),
        charge('chat', { amount: 20, at: NOW, basis: 'unknown', outcome: 'lost' }),
        charge('chat', { amount: 1_000, at: YESTERDAY }),
      ];
      await archive.ledger.settle({ payer, charges });
      expect(await reserve(payer, 46)).toEqual(refused('day', 100, 55, 46));
      expect(await reserve(payer, 45)).toEqual(GRANTED);
    });

    test('a day that is nearly used up has the next call wait for what those in flight really cost', async () => {
      const [payer, key] = [chatPayerOf(), id()];
      expect(await reserve(payer, 10, { key, most: 60 })).toEqual(GRANTED);
      expect(await reserve(payer, 10, { most: 50 })).toEqual(waits('day', 100, 10, 50));
      await archive.ledger.settle({ payer, charges: [charge('chat', { key, amount: 50, at: NOW })] });
      expect(await reserve(payer, 10, { most: 50 })).toEqual(GRANTED);
    });

    test('a batch spends nothing of the day of chats, and a chat nothing of a batch', async () => {
      const batch = payerOf();
      const chat = chatPayerOf(batch.account);
      await archive.ledger.settle({ payer: batch, charges: [charge('draft', { amount: 90, at: NOW })] });
      expect(await archive.ledger.reserve(request(batch, 10))).toEqual(GRANTED);
      expect(await reserve(chat, 100)).toEqual(GRANTED);
      expect(await archive.ledger.reserve(request({ ...batch, postId: id() }, 1))).toEqual(
        refused('batch', 100, 100, 1),
      );
    });

    test('a month counts chats and batches; of both budgets used up the day is named', async () => {
      const account = id();
      const [batch, chat] = [payerOf(account), chatPayerOf(account)];
      const month = { ...limits, month: 120 };
      await archive.ledger.settle({ payer: batch, charges: [charge('draft', { amount: 50, at: NOW })] });
      await archive.ledger.settle({ payer: chat, charges: [charge('chat', { amount: 30, at: NOW })] });
      expect(await reserve(chat, 41, { limits: month })).toEqual(refused('month', 120, 80, 41));
      expect(await reserve(chat, 71, { limits: month })).toEqual(refused('day', 100, 30, 71));
      expect(await reserve(chat, 40, { limits: month })).toEqual(GRANTED);
      const ofBatch = request(batch, 1, { limits: { batch: null, month: 120 } });
      expect(await archive.ledger.reserve(ofBatch)).toEqual(refused('month', 120, 120, 1));
    });

    test('what stand-ins are said to cost is counted apart, and never in a month', async () => {
      const payer = chatPayerOf();
      const [offline, month] = [true, { ...limits, month: 50 }];
      await archive.ledger.settle({ payer, charges: [charge('chat', { amount: 60, at: NOW, offline })] });
      expect(await reserve(payer, 41, { offline, limits: month })).toEqual(refused('day', 100, 60, 41));
      expect(await reserve(payer, 40, { offline, limits: month })).toEqual(GRANTED);
      expect(await reserve(payer, 51, { limits: month })).toEqual(refused('month', 50, 0, 51));
      expect(await reserve(payer, 50, { limits: month })).toEqual(GRANTED);
    });

    test('without a limit of the day a chat is held to the month alone', async () => {
      const month = { batch: null, month: 100 };
      expect(await reserve(chatPayerOf(), 100, { limits: month })).toEqual(GRANTED);
      expect(await reserve(chatPayerOf(), 101, { limits: month })).toEqual(refused('month', 100, 0, 101));
    });

    test('what is given back, or whose lease is over, can be had again', async () => {
      const [payer, key] = [chatPayerOf(), id()];
      await reserve(payer, 100, { key });
      await archive.ledger.release(key);
      expect(await reserve(payer, 100, { key: id(), leaseMs: -1 })).toEqual(GRANTED);
      expect(await reserve(payer, 100)).toEqual(GRANTED);
    });

    test("the costs of a chat are its account's, by no planner", async () => {
      const payer = chatPayerOf();
      const paid = { model: payer.account, at: '2033-05-06T23:59:59.999Z' };
      const charges = [
        charge('chat', { ...paid, amount: 2_000_000_000 }),
        charge('chat', { ...paid, amount: 1_000_000_000, outcome: 'malformed' }),
        charge('chat', { ...paid, amount: 4_000_000_000, basis: 'unknown', outcome: 'lost' }),
        charge('chat', { ...paid, amount: 9_000_000_000, offline: true }),
      ];
      await archive.ledger.settle({ payer, charges });
      const keys: Partial<Record<CostKey, string>> = {
        account: payer.account,
        planner: '(chat)',
        model: payer.account,
        day: '2033-05-06',
      };
      for (const [by, key] of Object.entries(keys) as [CostKey, string][]) {
        const { rows } = await archive.ledger.sumCosts({ by, since: paid.at });
        expect(
          rows.find((row) => row.key === key),
          by,
        ).toEqual({
          key,
          costUsd: 3,
          wastedUsd: 1,
          unknownUsd: 4,
          charges: 3,
        });
      }
      const { rows } = await archive.ledger.sumCosts({ by: 'step', since: paid.at });
      expect(rows.map(({ key }) => key)).toEqual(['chat']);
    });

    test('a call of a chat is found by its charge, or by what is held for it', async () => {
      const [payer, held] = [chatPayerOf(), id()];
      const paid = charge('chat', { unitPrice: null });
      await reserve(payer, 3, { key: held });
      await archive.ledger.settle({ payer, charges: [paid] });
      expect(await archive.ledger.findCall(held)).toEqual({ charge: null, held: 3 });
      expect(await archive.ledger.findCall(paid.key)).toEqual({ charge: paid, held: null });
    });

    test('a chat is billed like a post, and belongs to no batch', async () => {
      const [payer, provider] = [chatPayerOf(), id()];
      const made = charge('chat', { provider, requestId: id() });
      await archive.ledger.settle({ payer, charges: [made] });
      await archive.ledger.saveBills([
        { requestId: made.requestId!, amount: 59_000_000, units: null, at: NOW },
      ]);
      expect(await archive.ledger.listBillable({ provider, offline: false })).toMatchObject([
        { key: made.key, postId: null, batchId: null, account: payer.account, billed: 59_000_000 },
      ]);
    });
  });
}
