import { expect, it } from 'vitest';
import {
  isStillOpen,
  NO_DECISIONS,
  noteReminder,
  openGate,
  type Opening,
  MOST_REMINDERS,
  nextAlarm,
} from './decisions.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 24, hour));
const since = (hour: number): string => at(hour).toISOString();

const opened = openGate(NO_DECISIONS, 'publish', at(10));
const opening = opened.opening as Opening;
const reminded = noteReminder(opened, at(14));

it('a gate stays open since when it was, with its reminders, also when it is waited at again', () => {
  const again = openGate(reminded, 'publish', at(15));
  const same = { gate: 'publish', revision: 1, since: since(10), reminded: 1 };
  expect(again).toMatchObject({ opening: same, remindedAt: since(14) });
  expect(isStillOpen(again, opening)).toBe(true);
});

it('for another revision it has opened again, and who waits for the first one knows', () => {
  const again = openGate({ ...reminded, revision: 2 }, 'publish', at(15));
  const next = { revision: 2, since: since(15), reminded: 0 };
  expect(again).toMatchObject({ opening: next, remindedAt: null });
  expect(isStillOpen(again, opening)).toBe(false);
});

it('once decided on it is not open', () => {
  expect(isStillOpen({ ...opened, opening: null }, opening)).toBe(false);
});

const remind = (at: number) => ({ kind: 'remind', at });
const expire = (at: number) => ({ kind: 'expire', at });
const never = { remindAfter: null, expireAfter: null };

it.each([
  ['reminds at each interval', { reminded: 0 }, remind(1_010)],
  ['reminds at the last one before the end', { reminded: 2 }, remind(1_030)],
  ['then expires', { reminded: 3 }, expire(1_035)],
  ['expires rather than reminds at the same moment', { expireAfter: 10 }, expire(1_010)],
  ['reminds for a while', { expireAfter: null, reminded: MOST_REMINDERS - 1 }, remind(1_050)],
  ['stops reminding', { expireAfter: null, reminded: MOST_REMINDERS }, null],
  ['never rings where the account wants neither', never, null],
])('a gate %s', (_what, change, alarm) => {
  const gate = { opened: 1_000, remindAfter: 10, expireAfter: 35, reminded: 0 };
  expect(nextAlarm({ ...gate, ...change })).toEqual(alarm);
});
