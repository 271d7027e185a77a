import type { Change } from './change-source.js';

/** How long a browser waits before it connects again, in ms. */
const RETRY_MS = 3_000;

/** What a stream of server-sent events begins with. */
export const FIRST_TEXT = `retry: ${RETRY_MS}\n\n`;

/** A comment, which keeps proxies from closing a quiet connection. */
export const BEAT_TEXT = ': nothing new\n\n';

/** Changes as server-sent events, each with the time up to which all was told as its id. */
export const eventsText = (changes: readonly Change[], at: string): string =>
  changes.map(({ event, row }) => `event: ${event}\nid: ${at}\ndata: ${JSON.stringify(row)}\n\n`).join('');
