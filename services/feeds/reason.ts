import { FetchRefused } from '../public-fetch.js';
import { FeedUnreadable } from './unreadable.js';

/** Why a feed could not be read, in one clause that holds nothing its server wrote. @param ms the time that it had */
export function whyNotRead(error: unknown, ms: number): string {
  if (error instanceof FeedUnreadable || error instanceof FetchRefused) return error.message;
  const { name, cause } = error as Error & { cause?: { code?: unknown } };
  if (name === 'TimeoutError') return `it is not read after ${Math.round(ms / 100) / 10} s`;
  // fetch says only "fetch failed"; the code of its cause says why.
  const code = cause?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'it could not be fetched';
}
