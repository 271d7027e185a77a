import { describe, expect, it } from 'vitest';
import type { BatchInput } from '../contract/batch.js';
import { UsageError } from '../contract/errors.js';
import { ID_PATTERN } from '../contract/ids.js';
import type { ScheduleOrder } from '../contract/schedule.js';
import type { TakenSlots } from '../services/archive/slots/taken-slots.js';
import type { Archive } from '../services/archive/archive.js';
import type { Services } from '../services/services.js';
import { batchIdOf, createSchedule } from './schedule.js';
import { createTakeSlot, type SlotOrder } from './take-slot.js';
import { perform, surroundings } from './testing/stage.js';

const RUN = 'schedule/Schedule0001-2026-11-30T06:00:00Z';

/** The batch in the attempt-th try of a run, over what reading the account comes to. */
function prepared(read: (order: ScheduleOrder, batchId: string) => Promise<BatchInput>, attempt = 1) {
  const { run } = surroundings({ attempt, workflowExecution: { workflowId: RUN, runId: 'run' } });
  return run(createSchedule({ prepareBatch: read } as Services).prepareBatch, {
    ...{ id: 'Schedule0001', account: 'harbor', planner: 'ships_and_ports', mix: { hero_text: 1 } },
    ...{ brief: null, budgetUsd: null },
  });
}

it('the id of a batch is drawn from its run: the same at each try, and another for another run', async () => {
  const id = batchIdOf(RUN);
  expect(id).toMatch(ID_PATTERN);
  const echo = (_: ScheduleOrder, batchId: string) => Promise.resolve({ id: batchId } as BatchInput);
  expect(await prepared(echo)).toEqual({ id });
  expect(await prepared(echo, 5)).toEqual({ id });
  const ids = Array.from({ length: 5_000 }, (_, run) => batchIdOf(`${RUN}${run}`));
  expect(new Set(ids).size).toBe(5_000);
});

describe('an account that can not be used', () => {
  const message = 'accounts/harbor.yaml:3: voise: no';
  it.each([
    [1, false],
    [2, false],
    [3, true],
    [9, true],
  ])('at try %i ends the run: %s', async (attempt, nonRetryable) => {
    const broken = () => Promise.reject(new UsageError('account', message));
    const failure = { type: 'Schedule.NoBatch', nonRetryable, message };
    await expect(prepared(broken, attempt)).rejects.toMatchObject(failure);
  });

  it('is told from an error of ours, which is tried again', async () => {
    await expect(prepared(() => Promise.reject(new TypeError('oops')), 9)).rejects.toThrow(TypeError);
  });
});

describe('takeSlot', () => {
  const request = { postId: 'UpkTZ26nc9Eb', account: 'ash', sequence: 3 };
  const week = { wed: ['12:15'] };
  const order: SlotOrder = {
    ...request,
    week,
    timeZone: 'UTC',
    named: null,
    from: '2026-11-25T12:15:00.000Z',
  };

  /** In an archive in which the first so many of the moments are taken. */
  async function take(change: Partial<SlotOrder>, { taken = 0, now = new Date(0) } = {}) {
    const requests: unknown[] = [];
    const slots: Partial<TakenSlots> = {
      async takeNext(asked, moments) {
        requests.push(asked);
        let place = 0;
        for (const moment of moments) if ((place += 1) > taken) return moment;
        return null;
      },
      takeAt: async (asked, at) => void requests.push({ ...asked, at }),
    };
    const { takeSlot } = createTakeSlot({ archive: { slots } as Archive, now: () => now });
    return { at: await perform(takeSlot, { ...order, ...change }), requests };
  }

  it('asks for the first free slot after the time of the order, and not for that moment itself', async () => {
    expect(await take({}, { taken: 1 })).toEqual({ at: '2026-12-09T12:15:00.000Z', requests: [request] });
  });

  it('asks for none that has gone by since, while the archive was away', async () => {
    const now = new Date('2026-12-20T00:00:00Z');
    expect(await take({}, { now })).toMatchObject({ at: '2026-12-23T12:15:00.000Z' });
  });

  it('asks for the time that was named', async () => {
    const at = '2027-01-01T00:00:00.000Z';
    expect(await take({ named: at })).toEqual({ at, requests: [{ ...request, at }] });
  });

  it('says so where all are taken, and is not tried again', async () => {
    const none = { type: 'Slots.NoneFree', nonRetryable: true };
    await expect(take({}, { taken: Infinity })).rejects.toMatchObject(none);
  });
});
