import { wallTimeAt } from '../../contract/wall-time.js';
import type { CalendarView } from './calendar.js';
import { DAY_MS, firstOfMonth, monday } from './days.js';

/** Days and times of a calendar for people. Days are written as UTC, whose days they are by name. */

const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options });

const FULL = { year: 'numeric', month: 'long', day: 'numeric' } as const;
const whole = format(FULL);
const month = format({ year: 'numeric', month: 'long' });
const long = format({ weekday: 'long', month: 'long', day: 'numeric' });
const short = format({ weekday: 'short', month: 'short', day: 'numeric' });
const weekday = format({ weekday: 'short' });

/** ICU puts thin spaces around the dash of a range. */
const plain = (text: string): string => text.replaceAll(/[\u2009\u202f]/g, ' ');

/** `November 23 – 29, 2026`, or `November 2026`. */
export function periodWords(view: CalendarView, day: number): string {
  if (view === 'month') return month.format(firstOfMonth(day));
  return plain(whole.formatRange(monday(day), monday(day) + 6 * DAY_MS));
}

/** `Thursday, November 26` */
export const dayWords = (day: number): string => long.format(day);

/** `Thu` */
export const weekdayWords = (day: number): string => weekday.format(day);

/** `Thu 09:00` within a week, else as `momentWords`. */
export function soonWords(at: string, timeZone: string, now: Date): string {
  const words = momentWords(at, timeZone);
  if (Date.parse(at) - now.getTime() >= 7 * DAY_MS) return words;
  return `${words.slice(0, 3)} ${words.slice(-5)}`;
}

/** `Thu, Nov 26, 09:00`, as the clocks of a zone show it. */
export function momentWords(at: string, timeZone: string): string {
  const wall = wallTimeAt(Date.parse(at), timeZone);
  return `${short.format(wall)}, ${new Date(wall).toISOString().slice(11, 16)}`;
}
