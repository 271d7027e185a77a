import { BadRequest } from '../safety/bad-request.js';
import { wallTimeAt } from '../../contract/wall-time.js';

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
