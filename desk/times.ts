/** Times for people, as pure functions of the time shown and the time it is. */
import { isTimeZone } from '../contract/time.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

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
 * `May 11, 3:18 PM` in an IANA time zone, with the year when it is not the current one there. A record of long ago may hold a
 * zone that this machine does not know, which becomes UTC, or no time at all, which stays as it stands: a page is shown.
 */
export function clockTime(iso: string, zone: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const timeZone = isTimeZone(zone) ? zone : 'UTC';
  const year = (date: Date): string =>
    new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric' }).format(date);
  const text = new Intl.DateTimeFormat('en-US', {
    timeZone,
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    ...(year(at) === year(now) ? {} : { year: 'numeric' }),
  }).format(at);
  // Newer ICU data puts a narrow no-break space before AM and PM; plain text searches for a plain one.
  return text.replaceAll('\u202f', ' ');
}
