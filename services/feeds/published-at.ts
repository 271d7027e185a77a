const ISO = /^\d{4}-\d{2}-\d{2}(?:$|[T ]\d{2}:\d{2})/;
/** As RFC 822 has it, which RSS keeps to: `Tue, 24 Nov 2026 09:00:00 GMT`. */
const RFC_822 = /^(?:[a-z]{3,9},?\s+)?\d{1,2}\s+[a-z]{3,9}\.?\s+\d{2,4}\s+\d{1,2}:\d{2}/i;
const LONGEST = 64;
const DAY_MS = 86_400_000;
/** Before there were feeds. */
const FIRST = Date.parse('1995-01-01T00:00:00Z');

/**
 * When an item was published, as ISO 8601; null where nothing is said, or what can't be: a time that is no time, one before there
 * were feeds, or one to come. A clock that is less than a day fast is taken to mean now.
 */
export function publishedAt(written: string | null, now: Date): string | null {
  const text = (written ?? '').trim();
  // `Date.parse` by itself makes a day of "Episode 5".
  if (text.length > LONGEST || !(ISO.test(text) || RFC_822.test(text))) return null;
  const ms = Date.parse(text);
  if (!(ms >= FIRST && ms <= now.getTime() + DAY_MS)) return null;
  return new Date(Math.min(ms, now.getTime())).toISOString();
}
