/** Times as people and the API write them: ISO 8601. */

const ISO_TIME =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:(?:0\d|1[0-3]):?[0-5]\d|14:?00))$/;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** What ISO 8601 writes in four digits and PostgreSQL takes: it knows no year 0. */
const FIRST = Date.parse('0001-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * A time with its zone in ms since 1970; null when the text is none, or names a day that there is not. In UTC it lies in the
 * years 1 to 9999, so that a database takes it and every reader of ISO 8601 reads it.
 */
export function parseIsoTime(text: string): number | null {
  if (!isDate(ISO_TIME.exec(text))) return null;
  const ms = Date.parse(text);
  return ms >= FIRST && ms <= LAST ? ms : null;
}

/** Why a time at which a post is to go out is not taken, in one clause; null for one to come, for none, and for `now` or `next`. */
export function pastTimeProblem(publishAt: string | null | undefined, now: Date): string | null {
  const time = publishAt ? Date.parse(publishAt) : NaN;
  if (!(time <= now.getTime())) return null;
  return `publishAt='${publishAt}' is not in the future (it is ${now.toISOString()})`;
}

/** What `parseSince` reads, in words. */
export const SINCE_FORM =
  'a date such as 2027-01-31 or an ISO 8601 time with its zone, such as 2027-01-31T09:00:00+01:00';

/** A time with its zone, or a date for its first moment in UTC, as ISO 8601 in UTC; null when the text is neither. */
export function parseSince(text: string): string | null {
  const ms = parseIsoTime(ISO_DATE.test(text) ? `${text}T00:00:00Z` : text);
  return ms === null ? null : new Date(ms).toISOString();
}

/** Whether a text names a time zone of the IANA database, such as `Europe/Lisbon`. */
export function isTimeZone(name: string): boolean {
  // Intl takes offsets such as +02:00 too, which know no daylight saving time.
  if (!/^[A-Za-z][\w+/-]{0,59}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `Date.parse` turns 30 February into 2 March. */
function isDate(match: RegExpExecArray | null): boolean {
  if (!match) return false;
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  const date = new Date(0);
  // Date.UTC would take the year 96 for 1996, which has another February.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
