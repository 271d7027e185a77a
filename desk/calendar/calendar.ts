import type { DatedPost } from '../../contract/lists.js';
import type { TakenSlot } from '../../services/archive/slots/taken-slots.js';
import { DAY_MS, dayAt, firstOfMonth, monday, weekdayWords } from './days.js';
import { momentOf, wallTimeAt } from '../../contract/wall-time.js';
import type { Slots } from '../../contract/account.js';
import { slotsBetween } from '../../contract/slot-moments.js';

export const CALENDAR_VIEWS = ['week', 'month'] as const;
export type CalendarView = (typeof CALENDAR_VIEWS)[number];

/** What stands on a day: a slot that nobody has, or a post. */
export type CalendarEntry = {
  /** ISO 8601. */
  readonly at: string;
  /** `09:00`, as the clocks of the calendar's zone show it. */
  readonly time: string;
  /** Whose it is, by handle. */
  readonly account: string;
  /** `03:00`, or `Tue 03:00` on another day, where the account's clocks show something else; null where they show the same. */
  readonly ownTime: string | null;
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

interface CalendarAccount {
  readonly handle: string;
  readonly timeZone: string;
  readonly slots?: Pick<Slots, 'week'> | null;
}

export interface CalendarFacts {
  readonly view: CalendarView;
  /** As `parseDay` reads it. */
  readonly day: number;
  /** Of who looks. */
  readonly timeZone: string;
  /** Those that are shown. */
  readonly accounts: readonly CalendarAccount[];
  /** Of the period. */
  readonly posts: readonly DatedPost[];
  /** Moments of the period that posts have. */
  readonly taken: readonly Pick<TakenSlot, 'at' | 'account'>[];
  readonly now: Date;
}

/** A week or a month of accounts, in the time zone of who looks. */
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
function entriesOf({ view, day, timeZone, accounts, posts, taken, now }: CalendarFacts): CalendarEntry[] {
  const { from, until } = periodOf(view, day, timeZone);
  const zones = new Map(accounts.map((account) => [account.handle, account.timeZone]));
  const shared = (at: string, account: string) => ({
    at,
    account,
    time: wallText(at, timeZone).slice(11, 16),
    ownTime: ownTimeOf(at, zones.get(account) ?? timeZone, timeZone),
  });
  const key = (account: string, ms: number): string => `${account} ${ms}`;
  const held = new Set([...taken, ...posts].map(({ account, at }) => key(account, Date.parse(at))));
  const free = accounts.flatMap(({ handle, timeZone: own, slots }) =>
    (slots ? slotsBetween(slots, own, { from: Math.max(from, now.getTime() + 1), until }) : [])
      .filter((moment) => !held.has(key(handle, moment)))
      .map((moment): CalendarEntry => ({ kind: 'free', ...shared(new Date(moment).toISOString(), handle) })),
  );
  const out = posts.map((post): CalendarEntry => {
    const isScheduled = post.status === 'scheduled';
    const isLate = isScheduled && Date.parse(post.at) < now.getTime();
    return { kind: 'post', post, isLate, isMovable: isScheduled, ...shared(post.at, post.account) };
  });
  return [...free, ...out].toSorted(
    (one, other) => Date.parse(one.at) - Date.parse(other.at) || (one.account < other.account ? -1 : 1),
  );
}

/** What the account's clocks show at a moment; null where they show what those of the calendar do. */
function ownTimeOf(at: string, own: string, timeZone: string): string | null {
  const [its, shown] = [wallText(at, own), wallText(at, timeZone)];
  if (its === shown) return null;
  const isSameDay = its.slice(0, 10) === shown.slice(0, 10);
  return isSameDay ? its.slice(11, 16) : `${weekdayWords(Date.parse(its))} ${its.slice(11, 16)}`;
}

/** `2026-11-26T09:00:00.000Z` for 09:00 on the clocks of a zone. */
const wallText = (at: string, timeZone: string): string =>
  new Date(wallTimeAt(Date.parse(at), timeZone)).toISOString();
