import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WEEKDAYS, slotMoments, slotsBetween } from './slot-moments.js';
import { wallTimeAt } from './wall-time.js';

const DAY = 86_400_000;

/** The slots of some days in UTC, and as the clocks of the zone show them. */
function around(timeZone: string, times: string, day: string, days: number): string {
  const week = Object.fromEntries(WEEKDAYS.map((name) => [name, times.split(' ')]));
  const from = Date.parse(`${day}T00:00:00Z`);
  const moments = slotsBetween({ week }, timeZone, { from, until: from + days * DAY });
  const shown = (at: number): string => new Date(wallTimeAt(at, timeZone)).toISOString().slice(11, 16);
  return moments.map((at) => `${new Date(at).toISOString().slice(8, 16)}Z ${shown(at)}`).join(', ');
}

it.each([
  // What falls into an hour that the clocks skip is the end of the gap.
  ['Europe/Lisbon', '01:30', '2027-03-27', 3, '27T01:30Z 01:30, 28T01:00Z 02:00, 29T00:30Z 01:30'],
  ['Europe/Lisbon', '09:00', '2027-03-27', 2, '27T09:00Z 09:00, 28T08:00Z 09:00'],
  ['America/New_York', '02:15', '2027-03-13', 3, '13T07:15Z 02:15, 14T07:00Z 03:00, 15T06:15Z 02:15'],
  ['America/New_York', '09:00', '2027-03-13', 2, '13T14:00Z 09:00, 14T13:00Z 09:00'],
  // From 02:00 to 02:30.
  ['Australia/Lord_Howe', '02:10', '2027-10-01', 3, '01T15:40Z 02:10, 02T15:30Z 02:30, 03T15:10Z 02:10'],
  // Several times in the gap, or right behind it, are one slot.
  ['America/New_York', '02:00 02:30 02:59 03:00 03:01', '2027-03-14', 1, '14T07:00Z 03:00, 14T07:01Z 03:01'],
  // Santiago skips its midnight, and Apia skipped a day.
  ['America/Santiago', '00:30 23:30', '2027-09-05', 1, '05T03:30Z 23:30, 05T04:00Z 01:00'],
  ['Pacific/Apia', '10:00', '2011-12-29', 2, '29T20:00Z 10:00, 30T10:00Z 00:00, 30T20:00Z 10:00'],
  // Of an hour that the clocks show twice the first one counts, once.
  ['Europe/Lisbon', '01:30', '2027-10-30', 3, '30T00:30Z 01:30, 31T00:30Z 01:30, 01T01:30Z 01:30'],
  ['Europe/Lisbon', '09:00', '2027-10-30', 3, '30T08:00Z 09:00, 31T09:00Z 09:00, 01T09:00Z 09:00'],
  ['America/New_York', '01:30', '2027-11-06', 3, '06T05:30Z 01:30, 07T05:30Z 01:30, 08T06:30Z 01:30'],
  // From 02:00 back to 01:30.
  ['Australia/Lord_Howe', '01:45', '2027-04-02', 3, '02T14:45Z 01:45, 03T14:45Z 01:45, 04T15:15Z 01:45'],
])('slots of %s at %s from %s', (zone, times, day, days, slots) => {
  expect(around(zone, times, day, days)).toBe(slots);
});

it('a time that is shown twice counts once also where one asks between the two', () => {
  const between = Date.parse('2027-11-07T06:00:00Z');
  const { value } = slotMoments({ week: { sun: ['01:30'] } }, 'America/New_York', between).next();
  expect(new Date(value as number).toISOString()).toBe('2027-11-14T06:30:00.000Z');
});

it('a slot that is now has gone by, and a week without times has none', () => {
  const now = Date.parse('2026-11-25T12:15:00Z');
  const slots = { week: { wed: ['12:15'] } };
  expect(slotMoments(slots, 'UTC', now).next().value).toBe(now + 7 * DAY);
  expect(slotMoments(slots, 'UTC', now - 1).next().value).toBe(now);
  expect(slotMoments({ week: {} }, 'UTC', now).next().done).toBe(true);
});

const time = fc.integer({ min: 0, max: 1439 }).map((n) => new Date(n * 60_000).toISOString().slice(11, 16));
const times = fc.uniqueArray(time, { minLength: 1, maxLength: 5 }).map((list) => list.toSorted());
const week = fc.dictionary(fc.constantFrom(...WEEKDAYS), times, { minKeys: 1 });
const zone = fc.constantFrom(
  ...['Europe/Lisbon', 'America/New_York', 'Australia/Lord_Howe', 'Australia/Adelaide', 'Asia/Kolkata'],
  ...['America/St_Johns', 'Africa/Casablanca', 'Pacific/Chatham', 'America/Havana', 'UTC'],
);
const start = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') });

it('any week in any zone has moments that grow, that the clocks show as written unless they skip it, and none left out', () => {
  fc.assert(
    fc.property(week, zone, start, (plan, timeZone, from) => {
      const until = from + 28 * DAY;
      const moments = slotsBetween({ week: plan }, timeZone, { from, until });
      expect(moments).toEqual([...new Set(moments)].toSorted((a, b) => a - b));
      for (const at of moments) expect(at >= from && at < until).toBe(true);
      const shown = moments.map((at) => new Date(wallTimeAt(at, timeZone)));
      const odd = shown.filter((wall) => {
        const day = WEEKDAYS[(wall.getUTCDay() + 6) % 7]!;
        return !plan[day]?.includes(wall.toISOString().slice(11, 16));
      });
      // One day in four weeks at most has a gap, and a gap is one moment.
      expect(odd.length).toBeLessThanOrEqual(1);
      const perWeek = Object.values(plan).reduce((sum, list) => sum + list.length, 0);
      expect(Math.abs(moments.length - perWeek * 4)).toBeLessThanOrEqual(5);
    }),
    { numRuns: 200 },
  );
});

it('any week in any zone is the same from wherever one begins to look', () => {
  fc.assert(
    fc.property(week, zone, start, fc.integer({ min: 0, max: 14 * DAY }), (plan, timeZone, from, later) => {
      const until = from + 21 * DAY;
      const whole = slotsBetween({ week: plan }, timeZone, { from, until });
      const rest = slotsBetween({ week: plan }, timeZone, { from: from + later, until });
      expect(rest).toEqual(whole.filter((at) => at >= from + later));
    }),
    { numRuns: 100 },
  );
});
