import type { Slots } from './account.js';
import { momentOf, wallTimeAt } from './wall-time.js';

/** The days of an account's week, in the order of `Intl` and of people. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * What becomes of a post whose slot has gone by while nothing ran: it goes out late, takes the next free slot, or asks a person
 * again at the gate `publish`.
 */
export const MISSED = ['late', 'next', 'ask'] as const;
export type Missed = (typeof MISSED)[number];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The slots of an account after a moment, in order and without end. A time that the clocks of the zone skip is the moment
 * after the gap, one that they show twice the first of the two; times that fall on one moment so are one slot.
 *
 * @param timeZone of the IANA database
 * @param after ms since 1970
 * @returns ms since 1970
 */
export function* slotMoments(
  { week }: Pick<Slots, 'week'>,
  timeZone: string,
  after: number,
): Generator<number, void> {
  if (WEEKDAYS.every((day) => !week[day]?.length)) return;
  let last = after;
  // From the day before, whose slots may be late where the clocks skip its end.
  for (let day = Math.floor(wallTimeAt(after, timeZone) / DAY) * DAY - DAY; ; day += DAY) {
    for (const time of timesOf(week, day)) {
      const moment = momentOf(day + minutesOf(time) * MINUTE, timeZone);
      if (moment <= last) continue;
      yield moment;
      last = moment;
    }
  }
}

/** Those from one moment on and before another, in order. All in ms since 1970. */
export function slotsBetween(
  slots: Pick<Slots, 'week'>,
  timeZone: string,
  { from, until }: { readonly from: number; readonly until: number },
): number[] {
  const moments: number[] = [];
  for (const moment of slotMoments(slots, timeZone, from - 1)) {
    if (moment >= until) break;
    moments.push(moment);
  }
  return moments;
}

/** The first day of 1970 was a Thursday. */
const timesOf = (week: Slots['week'], day: number): readonly string[] =>
  week[WEEKDAYS[(((day / DAY + 3) % 7) + 7) % 7] ?? 'mon'] ?? [];

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
