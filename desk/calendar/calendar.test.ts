import { describe, expect, it } from 'vitest';
import type { Slots } from '../../contract/account.js';
import type { DatedPost } from '../../contract/lists.js';
import { calendarOf, periodOf, type Calendar, type CalendarFacts } from './calendar.js';
import { dayText, parseDay } from './days.js';

const WARSAW = 'Europe/Warsaw';
const NOW = new Date('2026-11-25T10:00:00Z');
const post = (id: string, at: string, status: DatedPost['status'] = 'scheduled'): DatedPost => {
  const made = { contentFormat: 'hero_text', hero: null, offline: false, error: null };
  return { id, account: 'harbor', at, status, title: `Post ${id}`, ...made };
};
type Given = Partial<CalendarFacts> & { on?: string; slots?: Pick<Slots, 'week'> };
const calendar = ({ on = '2026-11-25', slots, timeZone = WARSAW, ...given }: Given): Calendar => {
  const none = { accounts: [{ handle: 'harbor', timeZone, slots }], posts: [], taken: [] };
  return calendarOf({ view: 'week', timeZone, day: parseDay(on), now: NOW, ...none, ...given });
};
const entriesOf = ({ weeks }: Calendar) => weeks.flat().flatMap(({ entries }) => entries);
/** Each day that has something, as its date and what stands there. */
const shown = ({ weeks }: Calendar): string[] =>
  weeks.flat().flatMap(({ day, entries }) =>
    entries.map((entry) => {
      const what = entry.kind === 'free' ? 'free' : entry.post.id;
      return `${dayText(day)} ${entry.time} ${what}`;
    }),
  );

describe('a week', () => {
  it('is from Monday to Sunday, and knows the days before, the day that it is, and the weeks beside it', () => {
    const { weeks, previous, next } = calendar({});
    expect(weeks).toHaveLength(1);
    const days = ['23', '24', '25', '26', '27', '28', '29'].map((date) => `2026-11-${date}`);
    expect(weeks[0]?.map(({ day }) => dayText(day))).toEqual(days);
    expect(weeks[0]?.map(({ isPast }) => isPast)).toEqual(days.map((_, index) => index < 2));
    expect(weeks[0]?.map(({ isToday }) => isToday)).toEqual(days.map((_, index) => index === 2));
    expect([previous, next].map(dayText)).toEqual(['2026-11-16', '2026-11-30']);
    expect(calendar({ on: '2026-11-29' }).weeks).toEqual(weeks);
  });

  it('has the slots that are free and still to come, and the posts where they are', () => {
    const slots = { week: { mon: ['09:00'], wed: ['09:00', '17:30', '18:00'], fri: ['12:15'] } };
    const posts = [
      post('taken', '2026-11-25T16:30:00.000Z'),
      post('between', '2026-11-26T08:07:00.000Z'),
      post('gone', '2026-11-23T08:00:01.000Z', 'published'),
    ];
    const taken = ['2026-11-25T16:30:00Z', '2026-11-25T17:00:00Z'].map((at) => ({ at, account: 'harbor' }));
    expect(shown(calendar({ slots, posts, taken }))).toEqual([
      '2026-11-23 09:00 gone',
      '2026-11-25 17:30 taken',
      '2026-11-26 09:07 between',
      '2026-11-27 12:15 free',
    ]);
  });

  it.each([
    ['2026-11-24T08:00:00Z', 'scheduled', { isLate: true, isMovable: true }],
    ['2026-11-24T09:00:00Z', 'published', { isLate: false, isMovable: false }],
    ['2026-11-25T09:59:59Z', 'publishing', { isLate: false, isMovable: false }],
    ['2026-11-25T11:00:00Z', 'scheduled', { isLate: false, isMovable: true }],
  ] as const)(
    'has of %s a post that is %s: late once its time has gone by, moved until it goes out',
    (at, status, is) => {
      expect(entriesOf(calendar({ posts: [post('it', at, status)] }))).toMatchObject([is]);
    },
  );

  it.each([
    ['Pacific/Kiritimati', '2026-11-26'],
    ['Europe/Warsaw', '2026-11-25'],
    ['Pacific/Pago_Pago', '2026-11-24'],
  ])('is the one of who looks: in %s it is %s', (timeZone, date) => {
    const now = new Date('2026-11-25T10:30:00Z');
    const days = calendar({ timeZone, now, posts: [post('a', '2026-11-25T10:30:00Z')] }).weeks.flat();
    expect(days.find(({ isToday }) => isToday)?.day).toBe(parseDay(date));
    expect(days.find(({ entries }) => entries.length > 0)?.day).toBe(parseDay(date));
  });
});

it("has several accounts' slots and posts, each its own, and what its clocks show where that differs", () => {
  const week = { wed: ['09:00'], thu: ['20:00'] };
  const accounts = [
    { handle: 'harbor', timeZone: 'Europe/Berlin', slots: { week } },
    { handle: 'pier', timeZone: 'America/New_York', slots: { week } },
    { handle: 'quay', timeZone: WARSAW },
  ];
  // Another account's moment takes nothing from one that has a slot then.
  const taken = [{ at: '2026-11-25T14:00:00Z', account: 'harbor' }];
  const entries = entriesOf(calendar({ accounts, taken, posts: [post('a', '2026-11-26T19:00:00.000Z')] }));
  expect(entries.map(({ account, time, ownTime, kind }) => [account, kind, time, ownTime])).toEqual([
    ['pier', 'free', '15:00', '09:00'],
    ['harbor', 'post', '20:00', null],
    ['pier', 'free', '02:00', 'Thu 20:00'],
  ]);
});

describe('where the clocks change', () => {
  const HOUR = 3_600_000;
  it.each([
    [WARSAW, '2026-03-29', 167],
    [WARSAW, '2026-10-25', 169],
    ['America/New_York', '2026-03-08', 167],
    ['America/New_York', '2026-11-01', 169],
    ['Australia/Lord_Howe', '2026-04-05', 168.5],
    ['Australia/Lord_Howe', '2026-10-04', 167.5],
    // Midnight itself is skipped.
    ['Asia/Beirut', '2026-03-29', 167],
  ])('the week of %s with %s has %d hours, and all that falls into it', (timeZone, on, hours) => {
    const { from, until } = periodOf('week', parseDay(on), timeZone);
    expect((until - from) / HOUR).toBe(hours);
    const posts = Array.from({ length: hours * 2 }, (_, n) =>
      post(String(n), new Date(from + (n * HOUR) / 2).toISOString(), 'published'),
    );
    const all = entriesOf(calendar({ timeZone, on, posts }));
    expect(all.map(({ at }) => at)).toEqual(posts.map(({ at }) => at));
  });

  it.each([
    ['2026-03-29', 'that is skipped stands after the gap', '03:00'],
    ['2026-10-25', 'that is shown twice stands there once', '02:30'],
  ])('on %s a slot %s', (on, _, time) => {
    const slots = { week: { sun: ['02:30', '03:30'] } };
    const now = new Date('2026-01-01T00:00:00Z');
    expect(shown(calendar({ now, slots, on }))).toEqual([`${on} ${time} free`, `${on} 03:30 free`]);
  });
});

describe('a month', () => {
  it('has whole weeks, and says which days are of another month', () => {
    const { weeks, previous, next } = calendar({ view: 'month' });
    expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
    const days = weeks.flat();
    expect([days[0]!.day, days.at(-1)!.day].map(dayText)).toEqual(['2026-10-26', '2026-12-06']);
    expect(days.filter(({ isWithin }) => isWithin)).toHaveLength(30);
    expect([previous, next].map(dayText)).toEqual(['2026-10-01', '2026-12-01']);
  });

  it.each([
    ['2027-02-14', 4, '2027-01-01', '2027-03-01'],
    ['2028-02-29', 5, '2028-01-01', '2028-03-01'],
    ['2026-08-31', 6, '2026-07-01', '2026-09-01'],
    ['2026-12-31', 5, '2026-11-01', '2027-01-01'],
    ['2027-01-01', 5, '2026-12-01', '2027-02-01'],
  ])('with %s has %d weeks, after %s and before %s', (on, weeks, previous, next) => {
    const month = calendar({ view: 'month', on });
    expect(month.weeks).toHaveLength(weeks);
    expect([month.previous, month.next].map(dayText)).toEqual([previous, next]);
  });
});

it.each(['2026-02-30', '2026-13-01', '1999-12-31', '2200-01-01', 'today', '2026-1-1', '2026-11-24T00:00'])(
  'a day of an address is not %s',
  (text) => expect(() => parseDay(text)).toThrow(/is no day/),
);
it('a day of an address is one that there is', () => {
  expect(dayText(parseDay('2028-02-29'))).toBe('2028-02-29');
});
