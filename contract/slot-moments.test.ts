import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slotMoments, slotsBetween } from './slot-moments.js';
import { WEEKDAYS, type Slots } from './slots.js';
import { wallTimeAt } from './wall-time.js';

const DAY = 86_400_000;

/** The slots of the days around a change of the clocks, in UTC, and as the clocks show them. */
function around(times: readonly string[], timeZone: string, day: string, days = 3): string[] {
  const week = Object.fromEntries(WEEKDAYS.map((name) => [name, times]));
  const from = Date.parse(`${day}T00:00:00Z`);
  return slotsBetween({ week }, timeZone, { from, until: from + days * DAY }).map(
    (at) =>
      `${new Date(at).toISOString().slice(5, 16)}Z ${new Date(wallTimeAt(at, timeZone)).toISOString().slice(11, 16)}`,
  );
}

describe('where the clocks skip an hour', () => {
  it('Lisbon, which goes from 01:00 to 02:00', () => {
    expect(around(['01:30', '09:00'], 'Europe/Lisbon', '2027-03-27', 2)).toEqual([
      '03-27T01:30Z 01:30',
      '03-27T09:00Z 09:00',
      '03-28T01:00Z 02:00',
      '03-28T08:00Z 09:00',
    ]);
  });

  it('New York, which goes from 02:00 to 03:00', () => {
    expect(around(['02:15', '09:00'], 'America/New_York', '2027-03-13')).toEqual([
      '03-13T07:15Z 02:15',
      '03-13T14:00Z 09:00',
      '03-14T07:00Z 03:00',
      '03-14T13:00Z 09:00',
      '03-15T06:15Z 02:15',
      '03-15T13:00Z 09:00',
    ]);
  });

  it('Lord Howe, which goes from 02:00 to 02:30', () => {
    expect(around(['02:10', '09:00'], 'Australia/Lord_Howe', '2027-10-02', 2)).toEqual([
      '10-02T15:30Z 02:30',
      '10-02T22:00Z 09:00',
      '10-03T15:10Z 02:10',
      '10-03T22:00Z 09:00',
    ]);
  });

  it('several times that fall into the gap, or right behind it, are one slot', () => {
    expect(
      around(['02:00', '02:30', '02:59', '03:00', '03:01'], 'America/New_York', '2027-03-14', 1),
    ).toEqual(['03-14T07:00Z 03:00', '03-14T07:01Z 03:01']);
  });

  it('Santiago, which skips its midnight, and Apia, which skipped a day', () => {
    expect(around(['00:30', '23:30'], 'America/Santiago', '2027-09-05', 1)).toEqual([
      '09-05T03:30Z 23:30',
      '09-05T04:00Z 01:00',
    ]);
    expect(around(['10:00'], 'Pacific/Apia', '2011-12-29')).toEqual([
      '12-29T20:00Z 10:00',
      '12-30T10:00Z 00:00',
      '12-30T20:00Z 10:00',
      '12-31T20:00Z 10:00',
    ]);
  });
});

describe('where the clocks show an hour twice, the first one counts, once', () => {
  it('Lisbon, which goes from 02:00 back to 01:00', () => {
    expect(around(['01:30', '09:00'], 'Europe/Lisbon', '2027-10-31', 2)).toEqual([
      '10-31T00:30Z 01:30',
      '10-31T09:00Z 09:00',
      '11-01T01:30Z 01:30',
      '11-01T09:00Z 09:00',
    ]);
  });

  it('New York, which goes from 02:00 back to 01:00', () => {
    expect(around(['01:30', '09:00'], 'America/New_York', '2027-11-06')).toEqual([
      '11-06T05:30Z 01:30',
      '11-06T13:00Z 09:00',
      '11-07T05:30Z 01:30',
      '11-07T14:00Z 09:00',
      '11-08T06:30Z 01:30',
      '11-08T14:00Z 09:00',
    ]);
  });

  it('Lord Howe, which goes from 02:00 back to 01:30', () => {
    expect(around(['01:45', '09:00'], 'Australia/Lord_Howe', '2027-04-03', 2)).toEqual([
      '04-03T14:45Z 01:45',
      '04-03T22:30Z 09:00',
      '04-04T15:15Z 01:45',
      '04-04T22:30Z 09:00',
    ]);
  });

  it('also where one asks between the two', () => {
    const slots: Pick<Slots, 'week'> = { week: { sun: ['01:30'] } };
    const between = Date.parse('2027-11-07T06:00:00Z');
    const { value } = slotMoments(slots, 'America/New_York', between).next();
    expect(new Date(value as number).toISOString()).toBe('2027-11-14T06:30:00.000Z');
  });
});

it('a slot that is now has gone by, and a week without times has none', () => {
  const now = Date.parse('2026-11-25T12:15:00Z');
  const slots: Pick<Slots, 'week'> = { week: { wed: ['12:15'] } };
  expect(slotMoments(slots, 'UTC', now).next().value).toBe(now + 7 * DAY);
  expect(slotMoments(slots, 'UTC', now - 1).next().value).toBe(now);
  expect(slotMoments({ week: {} }, 'UTC', now).next().done).toBe(true);
});

describe('any week in any zone', () => {
  const time = fc
    .integer({ min: 0, max: 1439 })
    .map((n) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`);
  const times = fc.uniqueArray(time, { minLength: 1, maxLength: 5 }).map((list) => list.toSorted());
  const week = fc.dictionary(fc.constantFrom(...WEEKDAYS), times, { minKeys: 1 });
  const zone = fc.constantFrom(
    ...['Europe/Lisbon', 'America/New_York', 'Australia/Lord_Howe', 'Australia/Adelaide', 'Asia/Kolkata'],
    ...['America/St_Johns', 'Africa/Casablanca', 'Pacific/Chatham', 'America/Havana', 'UTC'],
  );
  const start = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') });

  it('has moments that grow, that the clocks show as written unless they skip it, and none left out', () => {
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

  it('is the same from wherever one begins to look', () => {
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
});
