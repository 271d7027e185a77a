import { cronValues } from './cron.js';
import { WEEKDAYS, type Weekday } from './slot-moments.js';

/** Days of the week and a time of day, which cron writes as `30 7 * * TUE,FRI`. */
export interface WeeklyTime {
  /** In the order of the week. */
  readonly days: readonly Weekday[];
  /** `07:30`. */
  readonly at: string;
}

/** For people. */
export const WEEKDAY_NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

const MONTH_NAMES = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const HOURS = 24;
/** More times of a day, days of a month or months than these are easier read as cron. */
const MOST_NAMED = 5;

/** @returns null for what names no day of the week, such as `mon`, `Tue` or `friday` */
export function parseWeekday(text: string): Weekday | null {
  const name = text.toLowerCase();
  return WEEKDAYS.find((day) => dayNames(day).includes(name)) ?? null;
}

const dayNames = (day: Weekday): string[] => {
  const whole = WEEKDAY_NAMES[day].toLowerCase();
  return [day, whole, `${whole}s`];
};

/** `7:30` and `07:30` as `07:30`; null for what is no time of a day of 24 hours. */
export function parseTimeOfDay(text: string): string | null {
  const match = /^(\d|[01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? `${match[1]?.padStart(2, '0')}:${match[2]}` : null;
}

/** @param days at least one @param at as `parseTimeOfDay` answers it */
export function weeklyCron({ days, at }: WeeklyTime): string {
  const [hours, minutes] = at.split(':').map(Number);
  const named = WEEKDAYS.filter((day) => days.includes(day));
  const week = named.length === WEEKDAYS.length ? '*' : named.join(',').toUpperCase();
  return `${minutes} ${hours} * * ${week}`;
}

/** The days and the time that a cron line names; null for one that is more than that. */
export function readWeeklyCron(cron: string): WeeklyTime | null {
  const times = readTimes(cron);
  if (times === null || !times.isWeekly || times.at.length !== 1) return null;
  return { days: times.week, at: times.at[0] ?? '' };
}

/**
 * When a cron line comes, in words: `Tuesdays and Fridays 07:30`, `The 1st and 15th of each month 09:00`. Null for one that words
 * make no clearer, and for what is no cron.
 */
export function cronWords(cron: string): string | null {
  const times = readTimes(cron);
  if (times === null || times.at.length > MOST_NAMED) return null;
  const days = times.isWeekly ? weekWords(times.week) : monthWords(times);
  return days === null ? null : `${days} ${listed(times.at)}`;
}

/** The words where there are any, else the line itself; with the zone in which it counts. */
export const cronLine = ({ cron, timeZone }: { cron: string; timeZone: string }): string =>
  `${cronWords(cron) ?? cron}, ${timeZone}`;

interface Times {
  readonly at: readonly string[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly week: readonly Weekday[];
  /** Whether the days of the week alone say when. */
  readonly isWeekly: boolean;
}

/** Null also where only both a day of the month and one of the week will do. */
function readTimes(cron: string): Times | null {
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = cronValues(cron) ?? [];
  if (minutes.length === 0 || minutes.length * hours.length > HOURS) return null;
  const isWeekly = days.length === 31 && months.length === MONTH_NAMES.length;
  const week = WEEKDAYS.filter((_, index) => weekdays.includes((index + 1) % 7));
  if (!isWeekly && week.length < WEEKDAYS.length) return null;
  const at = hours.flatMap((hour) => minutes.map((minute) => `${twoDigits(hour)}:${twoDigits(minute)}`));
  return { at, days, months, week, isWeekly };
}

function weekWords(week: readonly Weekday[]): string {
  if (week.length === WEEKDAYS.length) return 'Every day';
  const names = week.map((day) => `${WEEKDAY_NAMES[day]}s`);
  const first = WEEKDAYS.indexOf(week[0] ?? 'mon');
  const isRun = week.every((day, index) => WEEKDAYS[first + index] === day);
  return isRun && week.length > 2 ? `${names[0]} to ${names.at(-1)}` : listed(names);
}

function monthWords({ days, months }: Times): string | null {
  const isYearly = months.length < MONTH_NAMES.length;
  if (days.length > MOST_NAMED || (isYearly && months.length > MOST_NAMED)) return null;
  const named = months.map((month) => MONTH_NAMES[month - 1] ?? '');
  return `The ${listed(days.map(ordinal))} of ${isYearly ? listed(named) : 'each month'}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const ordinal = (value: number): string => `${value}${ENDINGS[ordinals.select(value)] ?? 'th'}`;

/** `a, b and c` */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
