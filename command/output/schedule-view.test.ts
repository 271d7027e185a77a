import pc from 'picocolors';
import { expect, it } from 'vitest';
import type { ScheduleStatus } from '../../contract/schedule.js';
import { sampleSchedule } from '../../desk/testing/samples.js';
import { scheduleListView, scheduleView, slotsView, zonedWords } from './schedule-view.js';

const colors = pc.createColors(false);
const next = ['2026-11-30T05:00:00.000Z', '2026-12-07T05:00:00.000Z'];
const schedule = (changes: Partial<ScheduleStatus> = {}) => sampleSchedule({ next, ...changes });

it('lists a row each, then what is wrong', () => {
  const problem = {
    at: '2026-11-23T05:00:00.000Z',
    message: 'accounts/harbor.yaml:3: voise: no',
    skipped: false,
  };
  const skip = { ...problem, message: 'batch BatchBatch01 waits for you (2 posts)', skipped: true };
  const broken = { lastBatchId: 'BatchBatch01', runningBatchId: 'BatchBatch01', problem };
  const lines = scheduleListView(
    [
      schedule({ ...broken, skipped: 3, missed: 1 }),
      schedule({ id: 'PausedSched1', paused: true, problem: skip }),
    ],
    colors,
  ).split('\n');
  expect(lines).toEqual([
    'SCHEDULE      ACCOUNT  PLANNER          MIX                   WHEN           NEXT                                LAST BATCH',
    'Schedule0001  @harbor  ships_and_ports  1 video, 4 hero_text  Mondays 06:00  Mon 2026-11-30 06:00 Europe/Warsaw  BatchBatch01',
    'PausedSched1  @harbor  ships_and_ports  1 video, 4 hero_text  Mondays 06:00  paused                              –',
    '',
    'Schedule0001: the run of Mon 2026-11-23 06:00 Europe/Warsaw started no batch: accounts/harbor.yaml:3: voise: no',
    'Schedule0001: batch BatchBatch01 still runs; until it has ended, the next one is left out',
    'Schedule0001: 3 times left out, since the batch before still ran',
    'Schedule0001: once left out, since the Temporal server was off for more than a day',
    'PausedSched1: the run of Mon 2026-11-23 06:00 Europe/Warsaw was skipped: batch BatchBatch01 waits for you (2 posts)',
  ]);
});

it('says what to do where there is none', () => {
  expect(scheduleListView([], colors)).toBe('No schedule yet.\n\nNext:\n  npx copydesk schedule add --help');
});

it('says of a new one when it runs, and explains overlap and catching up', () => {
  const text = scheduleView('Added', schedule({ overlap: 'queue' }), colors);
  expect(text).toContain('by ships_and_ports of @harbor, Mondays 06:00, Europe/Warsaw. It runs next:');
  expect(text).toContain('  Mon 2026-11-30 06:00 Europe/Warsaw\n  Mon 2026-12-07 06:00 Europe/Warsaw\n');
  expect(text).toContain('Overlap queue: a new batch waits until the one before has ended.');
  expect(text).toContain('made up for if it is less than a day late');
  const paused = scheduleView('Changed', schedule({ paused: true, next: [] }), colors);
  expect(paused).toContain('Europe/Warsaw. It is paused.\n');
});

it('writes a time in its zone, in UTC where that is unknown, and leaves what is none', () => {
  expect(zonedWords('2026-07-01T22:30:00Z', 'Asia/Tokyo')).toBe('Thu 2026-07-02 07:30 Asia/Tokyo');
  expect(zonedWords('2026-07-01T22:30:00Z', 'Mars/Olympus')).toBe('Wed 2026-07-01 22:30 UTC');
  expect(zonedWords('soon', 'UTC')).toBe('soon');
});

const slots = [
  { at: '2027-03-28T08:00:00.000Z', postId: 'UpkTZ26nc9Eb', title: 'The slow\u001b[31m boat' },
  { at: '2027-03-29T16:30:00.000Z', postId: null, title: null },
];

it("shows the slots in the account's zone, and which are free", () => {
  expect(slotsView({ slots, timeZone: 'Europe/Lisbon' }, 'harbor').split('\n')).toEqual([
    'SLOT (Europe/Lisbon)   POST          TITLE',
    'Sun 28 Mar 2027 09:00  UpkTZ26nc9Eb  The slow [31m boat',
    'Mon 29 Mar 2027 17:30  free',
  ]);
});

it('falls back to UTC for a zone that this machine does not know, and says so where there is none', () => {
  expect(slotsView({ slots, timeZone: 'Mars/Olympus' }, 'harbor')).toContain('SLOT (UTC)');
  expect(slotsView({ slots: [], timeZone: 'UTC' }, 'harbor')).toMatch(/^@harbor has no slots in that time/);
});
