import { createContext, useContext } from 'hono/jsx';
import { isTimeZone } from '../../contract/time.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ENGLISH = 'en-US';

/** How long ago a time was: `48d`, `3h`, `5m`, or `just now` under a minute and for a clock that runs behind. */
export function age(iso: string, now: Date): string {
  const passed = now.getTime() - Date.parse(iso);
  if (passed >= DAY) return `${Math.floor(passed / DAY)}d`;
  if (passed >= HOUR) return `${Math.floor(passed / HOUR)}h`;
  if (passed >= MINUTE) return `${Math.floor(passed / MINUTE)}m`;
  return 'just now';
}

/** `48d ago`, or `just now`. */
export function ago(iso: string, now: Date): string {
  const text = age(iso, now);
  return text === 'just now' ? text : `${text} ago`;
}

/**
 * `May 11, 15:18` in an IANA time zone, with the year when it is not the current one there. A record of long ago may hold a
 * zone that this machine does not know, which becomes UTC, or no time at all, which stays as it stands: a page is shown.
 *
 * @param locale the language that it is written in, BCP 47
 */
export function clockTime(iso: string, zone: string, now: Date, locale = ENGLISH): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const year = (date: Date): string => formatOf(zone, 'year', locale).format(date);
  return formatOf(zone, year(at) === year(now) ? 'minute' : 'minute and year', locale).format(at);
}

/**
 * All that a time has, for a tooltip: `Monday, May 11, 2026 at 15:18:00 GMT+2 (Europe/Warsaw)`. An unknown zone becomes UTC,
 * and what is no time stays as it stands.
 */
export function fullTime(iso: string, zone: string, locale = ENGLISH): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const format = formatOf(zone, 'full', locale);
  const text = format.format(at);
  const { timeZone } = format.resolvedOptions();
  return timeZone === 'UTC' ? text : `${text} (${timeZone})`;
}

/** As slots and schedules are written, in every language. */
const HOURS = { hourCycle: 'h23' } as const;
const MINUTES = { ...HOURS, month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
const FORMS = {
  year: { year: 'numeric' },
  minute: MINUTES,
  'minute and year': { ...MINUTES, year: 'numeric' },
  full: { ...HOURS, dateStyle: 'full', timeStyle: 'long' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** By zone and form: to make a format takes hundreds of times as long as to use it, and a page has many times. */
const formats = new Map<string, Intl.DateTimeFormat>();
/** Zones are few, those of the accounts; a record may hold any text in place of one. */
const MOST_FORMATS = 1_000;

function formatOf(zone: string, form: keyof typeof FORMS, locale: string): Intl.DateTimeFormat {
  const key = `${locale} ${form} ${zone}`;
  const known = formats.get(key);
  if (known) return known;
  const timeZone = isTimeZone(zone) ? zone : 'UTC';
  const made = new Intl.DateTimeFormat(locale, { timeZone, ...FORMS[form] });
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(key, made);
  return made;
}

/** `New York` for `America/New_York`. */
export const zonePlace = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** The zone of who reads, null where nobody knows it, and the account's. */
export interface Clocks {
  readonly reader: string | null;
  readonly own: string;
}

/**
 * A time as who reads it lives it, with the account's beside it where that is another: `Jul 2, 16:00 Berlin (Jul 2, 10:00 New
 * York)`; as the account's alone where nobody knows the reader's zone.
 *
 * @param write the time in one zone
 */
export function twoClocks({ reader, own }: Clocks, write: (zone: string) => string): string {
  const its = write(own);
  if (reader === null || write(reader) === its) return its;
  return `${write(reader)} ${zonePlace(reader)} (${its} ${zonePlace(own)})`;
}

/** The zone of the page that is being written. */
export const Zone = createContext('UTC');

interface TimeProps {
  readonly iso: string;
  readonly text: string;
  readonly zone?: string;
  readonly locale?: string;
}

/**
 * A point in time: its text for people, its ISO form for machines, and all of it as a tooltip. The zone is the page's; a page
 * of several accounts gives each time its account's.
 */
export function Time({ iso, text, zone, locale }: TimeProps) {
  return (
    <time datetime={iso} title={fullTime(iso, zone ?? useContext(Zone), locale)}>
      {text}
    </time>
  );
}
