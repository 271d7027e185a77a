/**
 * What `Retry-After` asks for, in ms: seconds or an HTTP date (RFC 9110, 10.2.3). Null where there is none, where it can't
 * be read, and for a time that is over.
 */
export function retryAfterMs(header: string | null | undefined, now: number = Date.now()): number | null {
  const value = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) > 0 ? Math.round(Number(value) * 1_000) : null;
  // Date.parse reads much that is no date; an HTTP date names its day of the week first.
  const at = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : NaN;
  return at > now ? at - now : null;
}
