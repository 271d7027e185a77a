/** How both drivers read the types that they would read differently, by the object id of PostgreSQL's `pg_type`. */
export const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  // int8: exact up to 2^53, which is nine million dollars in nano-USD.
  20: Number,
  // timestamptz
  1184: (text) => toIso(text),
};

/** PostgreSQL's `2026-11-24 09:45:15.437+00` as ISO 8601 in UTC, to the millisecond. */
export function toIso(text: string): string {
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
  return new Date(iso).toISOString();
}
