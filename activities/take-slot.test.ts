import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { expect, it } from 'vitest';
import type { TakenSlots } from '../services/archive/slots/taken-slots.js';
import type { Archive } from '../services/archive/archive.js';
import { createTakeSlot, type SlotOrder } from './take-slot.js';

const order: SlotOrder = {
  ...{ postId: 'UpkTZ26nc9Eb', account: 'ash', sequence: 3 },
  ...{ week: { wed: ['12:15'] }, timeZone: 'UTC', named: null, from: '2026-11-25T12:15:00.000Z' },
};

/** An archive in which the first so many of the moments are taken. */
function run(asked: SlotOrder, { taken = 0, now = new Date(0) } = {}) {
  const requests: unknown[] = [];
  const slots: Partial<TakenSlots> = {
    async takeNext(request, moments) {
      requests.push(request);
      let place = 0;
      for (const moment of moments) if ((place += 1) > taken) return moment;
      return null;
    },
    takeAt: async (request, at) => void requests.push({ ...request, at }),
  };
  const { takeSlot } = createTakeSlot({ archive: { slots } as Archive, now: () => now });
  const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
  return { requests, answer: environment.run(takeSlot, asked) };
}

it('asks for the first free slot after the time of the order, and not for that moment itself', async () => {
  const { answer, requests } = run(order, { taken: 1 });
  expect(await answer).toBe('2026-12-09T12:15:00.000Z');
  expect(requests).toEqual([{ postId: 'UpkTZ26nc9Eb', account: 'ash', sequence: 3 }]);
});

it('asks for none that has gone by since, while the archive was away', async () => {
  const now = new Date('2026-12-20T00:00:00Z');
  expect(await run(order, { now }).answer).toBe('2026-12-23T12:15:00.000Z');
});

it('asks for the time that was named', async () => {
  const named = '2027-01-01T00:00:00.000Z';
  const { answer, requests } = run({ ...order, named });
  expect(await answer).toBe(named);
  expect(requests).toMatchObject([{ at: named }]);
});

it('says so where all are taken, and is not tried again', async () => {
  const { answer } = run(order, { taken: Infinity });
  await expect(answer).rejects.toMatchObject({ type: 'Slots.NoneFree', nonRetryable: true });
});
