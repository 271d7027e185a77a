import { expect, it } from 'vitest';
import { scheduleStatus, type Described } from './schedule-status.js';

const order = {
  ...{ id: 'Schedule0001', account: 'harbor', planner: 'ships_and_ports', mix: { hero_text: 1 } },
  ...{ brief: null, budgetUsd: null },
};
const described = (changes: Partial<Described> = {}): Described => ({
  action: { workflowType: 'schedule', args: [order] },
  memo: { cron: '0 6 * * 1' },
  spec: { timezone: 'Europe/Warsaw' },
  policies: { overlap: 'SKIP' },
  state: { paused: false, note: 'Last batch: BatchBatch01.\nSkipped so far: 3.' },
  info: {
    nextActionTimes: [new Date('2026-11-30T05:00:00Z')],
    ...{ numActionsSkippedOverlap: 2, numActionsMissedCatchupWindow: 1 },
  },
  ...changes,
});

it('is what Temporal and the note tell', () => {
  expect(scheduleStatus(described())).toEqual({
    ...order,
    ...{
      cron: '0 6 * * 1',
      revision: 1,
      timeZone: 'Europe/Warsaw',
      overlap: 'skip',
      paused: false,
      note: null,
    },
    ...{ next: ['2026-11-30T05:00:00.000Z'], lastBatchId: 'BatchBatch01', runningBatchId: null },
    ...{ problem: null, skipped: 5, missed: 1 },
  });
});

it('has no next time while it is paused', () => {
  const state = { paused: true, note: 'Paused by mo.\nLast batch: BatchBatch01.' };
  const status = scheduleStatus(described({ policies: { overlap: 'BUFFER_ALL' }, state }));
  const paused = { paused: true, next: [], note: 'Paused by mo.', overlap: 'queue' };
  expect(status).toMatchObject(paused);
});

it.each([
  { action: { workflowType: 'other', args: [order] } },
  { action: { workflowType: 'schedule', args: [] } },
  { action: { workflowType: 'schedule', args: ['text'] } },
  { action: { workflowType: 'schedule', args: [{ ...order, mix: null }] } },
])('is null for one that is not ours, or was made unreadable: %j', (changes) => {
  expect(scheduleStatus(described(changes))).toBeNull();
});

it('has the times that a change set, which the memo does not hear of', () => {
  const changed = { ...order, cron: '0 7 * * 1', revision: 4 };
  const action = { workflowType: 'schedule', args: [changed] };
  expect(scheduleStatus(described({ action }))).toMatchObject({ cron: '0 7 * * 1', revision: 4 });
});

it('is there without memo, zone and note', () => {
  const bare = described({ memo: undefined, spec: {}, state: { paused: false } });
  expect(scheduleStatus(bare)).toMatchObject({ cron: '', timeZone: 'UTC', lastBatchId: null });
});
