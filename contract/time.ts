/** Times as people and the API write them: ISO 8601. */

const ISO_TIME =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)$/;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A time with its zone in ms since 1970, or null when the text is none. */
export function parseIsoTime(text: string): number | null {
  return isDate(ISO_TIME.exec(text)) ? Date.parse(text) : null;
}

/** What `parseSince` reads, in words. */
export const SINCE_FORM =
  'a date such as 2027-01-31 or an ISO 8601 time with its zone, such as 2027-01-31T09:00:00+01:00';

/** A time with its zone, or a date for its first moment in UTC, as ISO 8601 in UTC; null when the text is neither. */
export function parseSince(text: string): string | null {
  const ms = isDate(ISO_DATE.exec(text)) ? Date.parse(text) : parseIsoTime(text);
  return ms === null ? null : new Date(ms).toISOString();
}

// Date.parse turns 30 February into 2 March.
function isDate(match: RegExpExecArray | null): boolean {
  if (!match) return false;
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
