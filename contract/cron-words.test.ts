import { expect, it } from 'vitest';
import {
  cronLine,
  cronWords,
  parseTimeOfDay,
  parseWeekday,
  readWeeklyCron,
  weeklyCron,
} from './cron-words.js';
import type { Weekday } from './slot-moments.js';

it.each<[string, string | null]>([
  ['30 7 * * TUE,FRI', 'Tuesdays and Fridays 07:30'],
  ['0 6 * * 1', 'Mondays 06:00'],
  ['30 7 * * 5,2', 'Tuesdays and Fridays 07:30'],
  ['0 6 * * 1-5', 'Mondays to Fridays 06:00'],
  ['0 6 * * mon,wed,friday', 'Mondays, Wednesdays and Fridays 06:00'],
  ['5 20 * * 0,6', 'Saturdays and Sundays 20:05'],
  ['5 20 * * 7', 'Sundays 20:05'],
  ['5 20 * * SUN,MON', 'Mondays and Sundays 20:05'],
  ['0 6 * * *', 'Every day 06:00'],
  ['0 6 * * 0-7', 'Every day 06:00'],
  ['0 9,17 * * 1', 'Mondays 09:00 and 17:00'],
  ['0,30 9 * * 1', 'Mondays 09:00 and 09:30'],
  ['0 9-17/2 * * *', 'Every day 09:00, 11:00, 13:00, 15:00 and 17:00'],
  ['0 12 1,15 * *', 'The 1st and 15th of each month 12:00'],
  ['0 12 2,3,22,31 * *', 'The 2nd, 3rd, 22nd and 31st of each month 12:00'],
  ['0 0 1 JAN,7 *', 'The 1st of January and July 00:00'],
  // What words make no clearer.
  ['*/5 * * * *', null],
  ['0 * * * 1', null],
  ['0 12 1 * 1', null],
  ['0 12 * 1 1', null],
  ['0 12 */4 * *', null],
  ['0 12 1 1-6 *', null],
  ['0 25 * * *', null],
  ['@daily', null],
  ['', null],
])('%j is %j', (cron, words) => expect(cronWords(cron)).toBe(words));

it('a schedule is told with its zone, by its line where no words do', () => {
  const timeZone = 'Europe/Berlin';
  expect(cronLine({ cron: '30 7 * * 2,5', timeZone })).toBe('Tuesdays and Fridays 07:30, Europe/Berlin');
  expect(cronLine({ cron: '*/5 * * * *', timeZone })).toBe('*/5 * * * *, Europe/Berlin');
});

it.each<[Weekday[], string, string]>([
  [['fri', 'tue'], '07:30', '30 7 * * TUE,FRI'],
  [['sun'], '00:05', '5 0 * * SUN'],
  [['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], '23:00', '0 23 * * *'],
])('%j at %s is %s, and is read as such', (days, at, cron) => {
  expect(weeklyCron({ days, at })).toBe(cron);
  const read = readWeeklyCron(cron);
  expect([read?.days.toSorted(), read?.at]).toEqual([days.toSorted(), at]);
});

it.each(['0 9,17 * * 1', '0 12 1 * *', '0 12 * 1 1', '* * * * *', 'soon'])(
  '%s is more than days and a time',
  (cron) => expect(readWeeklyCron(cron)).toBeNull(),
);

it.each([
  ['tue', 'tue'],
  ['Tuesday', 'tue'],
  ['FRIDAYS', 'fri'],
  ['tu', null],
  ['tuesd', null],
  ['', null],
  ['2', null],
])('the day %j is %j', (text, day) => expect(parseWeekday(text)).toBe(day));

it.each([
  ['7:30', '07:30'],
  ['07:30', '07:30'],
  ['23:59', '23:59'],
  ['24:00', null],
  ['7:60', null],
  ['7.30', null],
  ['7 pm', null],
  ['', null],
])('the time %j is %j', (text, at) => expect(parseTimeOfDay(text)).toBe(at));
