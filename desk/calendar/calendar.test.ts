import { describe, expect, it } from 'vitest';
import type { DatedPost } from '../../contract/lists.js';
import { calendarOf, periodOf, type Calendar, type CalendarFacts } from './calendar.js';
import { dayText, parseDay } from './days.js';

const WARSAW = 'Europe/Warsaw';
const post = (id: string, at: string, status: DatedPost['status'] = 'scheduled'): DatedPost => ({
  ...{ id, at, status, title: `Post ${id}`, contentFormat: 'hero_text', offline: false },
});
const calendar = (given: Partial<CalendarFacts> & { on?: string }): Calendar =>
  calendarOf({
    ...{ view: 'week', timeZone: WARSAW, slots: null, posts: [], taken: [] },
    ...{ day: parseDay(given.on ?? '2026-11-25'), now: new Date('2026-11-25T10:00:00Z') },
    ...given,
  });
/** Each day that has something, as its date and what stands there. */
const shown = ({ weeks }: Calendar): string[] =>
  weeks
    .flat()
    .flatMap(({ day, entries }) =>
      entries.map(
        (entry) => `${dayText(day)} ${entry.time} ${entry.kind === 'free' ? 'free' : entry.post.id}`,
      ),
    );

describe('a week', () => {
  it('is from Monday to Sunday, and knows the days before, the day that it is, and the weeks beside it', () => {
    const { weeks, previous, next } = calendar({});
    expect(weeks).toHaveLength(1);
    expect(weeks[0]?.map(({ day }) => dayText(day).slice(8))).toEqual([
      '23',
      '24',
      '25',
      '26',
      '27',
      '28',
      '29',
    ]);
    expect(weeks[0]?.map(({ isPast, isToday }) => (isPast ? 'past' : isToday ? 'today' : 'to come'))).toEqual(
      [...['past', 'past', 'today', 'to come', 'to come', 'to come', 'to come']],
    );
    expect([previous, next].map(dayText)).toEqual(['2026-11-16', '2026-11-30']);
    expect(calendar({ on: '2026-11-29' }).weeks).toEqual(weeks);
  });

  it('has the slots that are free and still to come, and the posts where they are', () => {
    const slots = { week: { mon: ['09:00'], wed: ['09:00', '17:30', '18:00'], fri: ['12:15'] } };
    const facts = {
      slots,
      posts: [
        post('taken', '2026-11-25T16:30:00.000Z'),
        post('between', '2026-11-26T08:07:00.000Z'),
        post('gone', '2026-11-23T08:00:01.000Z', 'published'),
      ],
      taken: ['2026-11-25T16:30:00Z', '2026-11-25T17:00:00Z'],
    };
    expect(shown(calendar(facts))).toEqual([
      '2026-11-23 09:00 gone',
      '2026-11-25 17:30 taken',
      '2026-11-26 09:07 between',
      '2026-11-27 12:15 free',
    ]);
  });

  it('says of a scheduled post whose time has gone by that it is late, and moves what has not gone out', () => {
    const posts = [
      post('late', '2026-11-24T08:00:00Z'),
      post('out', '2026-11-24T09:00:00Z', 'published'),
      post('going', '2026-11-25T09:59:59Z', 'publishing'),
      post('waits', '2026-11-25T11:00:00Z'),
    ];
    const entries = calendar({ posts })
      .weeks.flat()
      .flatMap((day) => day.entries);
    expect(
      entries.map((entry) => entry.kind === 'post' && [entry.post.id, entry.isLate, entry.isMovable]),
    ).toEqual([
      ['late', true, true],
      ['out', false, false],
      ['going', false, false],
      ['waits', false, true],
    ]);
  });

  it.each([
    ['Pacific/Kiritimati', '2026-11-26'],
    ['Europe/Warsaw', '2026-11-25'],
    ['Pacific/Pago_Pago', '2026-11-24'],
  ])('is the one of the account: in %s it is %s', (timeZone, date) => {
    const now = new Date('2026-11-25T10:30:00Z');
    const { weeks } = calendar({ timeZone, now, posts: [post('a', '2026-11-25T10:30:00Z')] });
    expect(weeks.flat().find(({ isToday }) => isToday)?.day).toBe(parseDay(date));
    expect(weeks.flat().find(({ entries }) => entries.length > 0)?.day).toBe(parseDay(date));
  });
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
    const posts: DatedPost[] = [];
    for (let at = from; at < until; at += HOUR / 2)
      posts.push(post(String(at), new Date(at).toISOString(), 'published'));
    const all = calendar({ timeZone, on, posts })
      .weeks.flat()
      .flatMap(({ entries }) => entries);
    expect(all).toHaveLength(posts.length);
    expect(all.map(({ at }) => at)).toEqual(posts.map(({ at }) => at));
  });

  it('a slot that is skipped stands after the gap, and one that is shown twice stands there once', () => {
    const now = new Date('2026-01-01T00:00:00Z');
    const slots = { week: { sun: ['02:30', '03:30'] } };
    expect(shown(calendar({ now, slots, on: '2026-03-29' }))).toEqual([
      '2026-03-29 03:00 free',
      '2026-03-29 03:30 free',
    ]);
    expect(shown(calendar({ now, slots, on: '2026-10-25' }))).toEqual([
      '2026-10-25 02:30 free',
      '2026-10-25 03:30 free',
    ]);
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
    ['2027-02-14', 4],
    ['2028-02-29', 5],
    ['2026-08-31', 6],
  ])('with %s has %d weeks', (on, weeks) => {
    expect(calendar({ view: 'month', on }).weeks).toHaveLength(weeks);
  });

  it('goes over the end of a year', () => {
    expect(calendar({ view: 'month', on: '2026-12-31' }).next).toBe(parseDay('2027-01-01'));
    expect(calendar({ view: 'month', on: '2027-01-01' }).previous).toBe(parseDay('2026-12-01'));
  });
});

describe('a day of an address', () => {
  it.each(['2026-02-30', '2026-13-01', '1999-12-31', '2200-01-01', 'today', '2026-1-1', '2026-11-24T00:00'])(
    'is not %s',
    (text) => expect(() => parseDay(text)).toThrow(/is no day/),
  );
  it('is one that there is', () => expect(dayText(parseDay('2028-02-29'))).toBe('2028-02-29'));
});
