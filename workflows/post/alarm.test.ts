import { expect, it } from 'vitest';
import { MOST_REMINDERS, nextAlarm } from './state/decisions.js';

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
