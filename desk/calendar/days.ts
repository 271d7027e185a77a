import { wallTimeAt } from '../../contract/wall-time.js';
import { BadRequest } from '../http/bad-request.js';
import type { CalendarView } from './calendar.js';

/** Days of a calendar, as text (`2026-11-24`) and as the wall time of their beginning in ms, which knows no zone. */

export const DAY_MS = 86_400_000;

const DAY = /^(2[01]\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** The first of the week is Monday, as in an account's file. 1 January 1970 was a Thursday. */
const weekday = (day: number): number => (((day / DAY_MS + 3) % 7) + 7) % 7;

/** @throws BadRequest for what is no day of the years 2000 to 2199 */
export function parseDay(text: string): number {
  const match = DAY.exec(text);
  const day = match ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse turns 30 February into 2 March.
  if (Number.isNaN(day) || dayText(day) !== text)
    throw new BadRequest(`'${text.slice(0, 40)}' is no day of the years 2000 to 2199, such as 2027-01-31`, {
      field: 'day',
    });
  return day;
}

export const dayText = (day: number): string => new Date(day).toISOString().slice(0, 10);

/** The day that the calendars of a zone show at a moment. */
export const dayAt = (at: number, timeZone: string): number =>
  Math.floor(wallTimeAt(at, timeZone) / DAY_MS) * DAY_MS;

export const monday = (day: number): number => day - weekday(day) * DAY_MS;

/** The first day of the month that is some months away. */
export function firstOfMonth(day: number, months = 0): number {
  const date = new Date(day);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

/** Days and times of a calendar for people. Days are written as UTC, whose days they are by name. */

const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options });

const FULL = { year: 'numeric', month: 'long', day: 'numeric' } as const;
const whole = format(FULL);
const month = format({ year: 'numeric', month: 'long' });
const long = format({ weekday: 'long', month: 'long', day: 'numeric' });
const short = format({ weekday: 'short', month: 'short', day: 'numeric' });
const weekdayName = format({ weekday: 'short' });

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
export const weekdayWords = (day: number): string => weekdayName.format(day);

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
