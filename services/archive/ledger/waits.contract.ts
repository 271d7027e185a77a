import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import { until } from '../../../test/until.js';
import type { Archive } from '../archive.js';
import { charge } from '../sample-records.js';
import { GRANTED, payerOf, refused, request, waits } from './testing/requests.js';
import { useArchive } from '../testing/use-archive.js';

const id = (): string => newId(randomInt);

/** What every archive promises of calls that can cost more than is expected, and of those that were cut short. */
export function waitsContract(name: string, open: () => Promise<Archive>): void {
  describe(`dear calls on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    const reserve = (...args: Parameters<typeof request>) => archive.ledger.reserve(request(...args));

    test('a nearly used-up batch has the next call wait for what those in flight really cost', async () => {
      const payer = payerOf();
      const first = charge('draft', { amount: 50 });
      expect(await reserve(payer, 10, { key: first.key, most: 60 })).toEqual(GRANTED);
      expect(await reserve(payer, 10, { most: 40 }), 'room for the most of both').toEqual(GRANTED);
      const key = id();
      expect(await reserve(payer, 10, { key, most: 50 })).toEqual(waits('batch', 100, 20, 50));
      expect(await archive.ledger.findCall(key), 'what waits holds nothing').toEqual({
        charge: null,
        held: null,
      });
      await archive.ledger.settle({ payer, charges: [first] });
      expect(await reserve(payer, 10, { key, most: 51 }), 'not even alone').toEqual(
        refused('batch', 100, 60, 51),
      );
      expect(await reserve(payer, 10, { key, most: 10 })).toEqual(GRANTED);
    });

    test('a month waits for the calls of all batches, and for no stand-in', async () => {
      const account = id();
      const [limits, most] = [{ batch: null, month: 100 }, 60];
      const key = id();
      await reserve(payerOf(account), 10, { limits, most, key });
      await reserve(payerOf(account), 10, { limits, most, offline: true });
      const payer = payerOf(account, null);
      expect(await reserve(payer, 10, { limits, most: 41 })).toEqual(waits('month', 100, 10, 41));
      expect(await reserve(payer, 10, { limits, most: 101, offline: true })).toEqual(GRANTED);
      await archive.ledger.release(key);
      expect(await reserve(payer, 10, { limits, most: 100 })).toEqual(GRANTED);
    });

    test('nothing waits for a call whose lease is over', async () => {
      const payer = payerOf();
      await reserve(payer, 10, { most: 100, leaseMs: 1 });
      await until(
        () => reserve(payer, 10, { most: 100 }),
        (answer) => answer.granted,
      );
    });

    test('twenty who reserve at once are granted while there is room for the most of all', async () => {
      const payer = payerOf();
      const answers = await Promise.all(Array.from({ length: 20 }, () => reserve(payer, 1, { most: 30 })));
      expect(answers.filter(({ granted }) => granted)).toHaveLength(3);
      expect(answers.filter(({ granted }) => !granted)).toEqual(Array(17).fill(waits('batch', 100, 3, 30)));
    });

    test('a most below the expected cost counts as the expected cost', async () => {
      const payer = payerOf();
      expect(await reserve(payer, 60, { most: 1 })).toEqual(GRANTED);
      expect(await reserve(payer, 40, { most: 1 })).toEqual(GRANTED);
      expect(await reserve(payer, 1)).toEqual(refused('batch', 100, 100, 1));
    });

    test('a call is found by its charge, as it is stored, or else by what is held for it', async () => {
      const payer = payerOf();
      const [held, paid, none] = [id(), charge('draft', { unitPrice: null, amount: 7 }), id()];
      await reserve(payer, 3, { key: held, most: 9 });
      await reserve(payer, 5, { key: paid.key });
      await archive.ledger.settle({ payer, charges: [paid] });
      expect(await archive.ledger.findCall(held)).toEqual({ charge: null, held: 3 });
      expect(await archive.ledger.findCall(paid.key)).toEqual({ charge: paid, held: null });
      expect(await archive.ledger.findCall(none)).toEqual({ charge: null, held: null });
      await archive.ledger.release(held);
      expect(await archive.ledger.findCall(held)).toEqual({ charge: null, held: null });
    });

    test('a call whose lease is over is still found, and holds nothing back, whoever reserves meanwhile', async () => {
      const payer = payerOf();
      const key = id();
      await reserve(payer, 60, { key, most: 90, leaseMs: 1 });
      await until(
        () => archive.ledger.listHolds({ batchId: payer.batchId }),
        ({ length }) => length === 0,
      );
      expect(await reserve(payer, 100)).toEqual(GRANTED);
      expect(await archive.ledger.findCall(key)).toEqual({ charge: null, held: 60 });
      const late = charge('draft', { key, amount: 70 });
      await archive.ledger.settle({ payer, charges: [late] });
      expect(await archive.ledger.findCall(key)).toEqual({ charge: late, held: null });
    });

    test('a call whose lease has been over for more than 30 days is forgotten, by a reserve of its account', async () => {
      const payer = payerOf();
      const [old, older] = [id(), id()];
      const day = 86_400_000;
      await reserve(payer, 3, { key: old, leaseMs: -29 * day });
      await reserve(payer, 3, { key: older, leaseMs: -31 * day });
      await reserve(payer, 100);
      expect(await archive.ledger.findCall(old)).toEqual({ charge: null, held: 3 });
      expect(await archive.ledger.findCall(older)).toEqual({ charge: null, held: null });
    });
  });
}
