import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { isTimeZone } from '../../contract/time.js';

/** Set by `desk.js` to the time zone of the browser. It holds nothing else, and nothing is kept of it here. */
const COOKIE = 'copydesk_zone';

/** The IANA zone of who looks; null where their browser has told none, as without scripts. */
export function readerZone(c: Context): string | null {
  const zone = getCookie(c, COOKIE);
  return zone !== undefined && isTimeZone(zone) ? zone : null;
}
