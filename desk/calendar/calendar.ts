import type { DatedPost } from '../../contract/lists.js';
import { DAY_MS, dayAt, firstOfMonth, monday } from './days.js';
import { momentOf, wallTimeAt } from '../../contract/wall-time.js';
import type { Slots } from '../../contract/account.js';
import { slotsBetween } from '../../contract/slot-moments.js';

export const CALENDAR_VIEWS = ['week', 'month'] as const;
export type CalendarView = (typeof CALENDAR_VIEWS)[number];

/** What stands on a day: a slot that nobody has, or a post. */
export type CalendarEntry = {
  /** ISO 8601. */
  readonly at: string;
  /** `09:00`, as the clocks of the account show it. */
  readonly time: string;
} & (
  | { readonly kind: 'free' }
  | {
      readonly kind: 'post';
      readonly post: DatedPost;
      /** Its time has gone by, and it has not gone out. */
      readonly isLate: boolean;
      /** Whether it can be moved to another time. */
      readonly isMovable: boolean;
    }
);

export interface CalendarDay {
  /** As `parseDay` reads it. */
  readonly day: number;
  readonly isToday: boolean;
  readonly isPast: boolean;
  /** Of the month that is shown, not of one beside it; true in a week. */
  readonly isWithin: boolean;
  readonly entries: readonly CalendarEntry[];
}

export interface Calendar {
  readonly view: CalendarView;
  readonly timeZone: string;
  /** A day of the period. */
  readonly day: number;
  /** Days that the periods before and after begin with. */
  readonly previous: number;
  readonly next: number;
  readonly weeks: readonly (readonly CalendarDay[])[];
}

/** The days that are shown, as moments: from one on, and before another. In ms since 1970. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

/** The weeks that a view shows around a day, as days. A month has all of its first and its last week. */
function daysOf(view: CalendarView, day: number): Period {
  if (view === 'week') return { from: monday(day), until: monday(day) + 7 * DAY_MS };
  const last = firstOfMonth(day, 1) - DAY_MS;
  return { from: monday(firstOfMonth(day)), until: monday(last) + 7 * DAY_MS };
}

/** What is to be looked up for a calendar. @param day as `parseDay` reads it */
export function periodOf(view: CalendarView, day: number, timeZone: string): Period {
  const { from, until } = daysOf(view, day);
  return { from: momentOf(from, timeZone), until: momentOf(until, timeZone) };
}

export interface CalendarFacts {
  readonly view: CalendarView;
  /** As `parseDay` reads it. */
  readonly day: number;
  readonly timeZone: string;
  /** Null for an account without slots. */
  readonly slots: Pick<Slots, 'week'> | null;
  /** Of the period. */
  readonly posts: readonly DatedPost[];
  /** Moments of the period that posts have, ISO 8601. */
  readonly taken: readonly string[];
  readonly now: Date;
}

/** A week or a month of an account, in its time zone. */
export function calendarOf(facts: CalendarFacts): Calendar {
  const { view, day, timeZone, now } = facts;
  const { from, until } = daysOf(view, day);
  const today = dayAt(now.getTime(), timeZone);
  const month = firstOfMonth(day);
  const entries = entriesOf(facts).map((entry) => ({ entry, on: dayAt(Date.parse(entry.at), timeZone) }));
  const days: CalendarDay[] = [];
  for (let each = from; each < until; each += DAY_MS)
    days.push({
      day: each,
      isToday: each === today,
      isPast: each < today,
      isWithin: view === 'week' || firstOfMonth(each) === month,
      entries: entries.filter(({ on }) => on === each).map(({ entry }) => entry),
    });
  return {
    view,
    timeZone,
    day,
    previous: view === 'week' ? from - 7 * DAY_MS : firstOfMonth(day, -1),
    next: view === 'week' ? until : firstOfMonth(day, 1),
    weeks: Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7)),
  };
}

/** The free slots that are still to come, and the posts, in order. */
function entriesOf({ view, day, timeZone, slots, posts, taken, now }: CalendarFacts): CalendarEntry[] {
  const { from, until } = periodOf(view, day, timeZone);
  const held = new Set([...taken, ...posts.map(({ at }) => at)].map((at) => Date.parse(at)));
  const moments =
    slots === null ? [] : slotsBetween(slots, timeZone, { from: Math.max(from, now.getTime() + 1), until });
  const free = moments
    .filter((moment) => !held.has(moment))
    .map((moment): CalendarEntry => ({ kind: 'free', ...timeOf(new Date(moment).toISOString(), timeZone) }));
  const out = posts.map((post): CalendarEntry => {
    const isScheduled = post.status === 'scheduled';
    const isLate = isScheduled && Date.parse(post.at) < now.getTime();
    return { kind: 'post', post, isLate, isMovable: isScheduled, ...timeOf(post.at, timeZone) };
  });
  return [...free, ...out].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function timeOf(at: string, timeZone: string): Pick<CalendarEntry, 'at' | 'time'> {
  return { at, time: new Date(wallTimeAt(Date.parse(at), timeZone)).toISOString().slice(11, 16) };
}
