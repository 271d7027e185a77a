import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import type { BatchInput } from '../contract/batch.js';
import { UsageError } from '../contract/errors.js';
import { ID_PATTERN } from '../contract/ids.js';
import type { ScheduleOrder } from '../contract/schedule.js';
import { batchIdOf, createSchedule } from './schedule.js';

const RUN = 'schedule/Schedule0001-2026-11-30T06:00:00Z';
const order: ScheduleOrder = {
  ...{ id: 'Schedule0001', account: 'harbor', planner: 'ships_and_ports', mix: { hero_text: 1 } },
  ...{ brief: null, budgetUsd: null },
};

/** The activity in the attempt-th try of a run, over what reading the account comes to. */
function prepared(read: (order: ScheduleOrder, batchId: string) => Promise<BatchInput>, attempt = 1) {
  const environment = new MockActivityEnvironment({
    attempt,
    workflowExecution: { workflowId: RUN, runId: 'run' },
  });
  return environment.run(createSchedule({ prepareBatch: read }).prepareBatch, order);
}

describe('the id of a batch', () => {
  it('is drawn from the run, and the same whenever it is asked for', async () => {
    const id = batchIdOf(RUN);
    expect(id).toMatch(ID_PATTERN);
    const echo = (_: ScheduleOrder, batchId: string) => Promise.resolve({ id: batchId } as BatchInput);
    expect(await prepared(echo)).toEqual({ id });
    expect(await prepared(echo, 5)).toEqual({ id });
  });

  it('is another for another run', () => {
    const ids = Array.from({ length: 5_000 }, (_, run) => batchIdOf(`${RUN}${run}`));
    expect(new Set(ids).size).toBe(5_000);
  });
});

describe('an account that can not be used', () => {
  const broken = () => Promise.reject(new UsageError('account', 'accounts/harbor.yaml:3: voise: no'));

  it.each([
    [1, false],
    [2, false],
    [3, true],
    [9, true],
  ])('at try %i ends the run: %s', async (attempt, nonRetryable) => {
    await expect(prepared(broken, attempt)).rejects.toMatchObject({
      ...{ type: 'Schedule.NoBatch', nonRetryable },
      message: 'accounts/harbor.yaml:3: voise: no',
    });
  });

  it('is told from an error of ours, which is tried again', async () => {
    await expect(prepared(() => Promise.reject(new TypeError('oops')), 9)).rejects.toThrow(TypeError);
  });
});
