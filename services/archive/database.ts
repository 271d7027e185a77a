import { sql } from 'kysely';

/** The database's clock, in milliseconds as times leave the archive. Unlike `now()` it moves on within a transaction. */
export const NOW = sql<string>`date_trunc('milliseconds', clock_timestamp())`;

/**
 * A copy of a record whose strings and keys PostgreSQL can store: NUL is dropped and half a surrogate pair becomes the
 * replacement character. Models and feeds write both, and one of them would otherwise refuse the whole record for good.
 */
export function storable<T>(record: T): T {
  return JSON.parse(JSON.stringify(record).replace(ESCAPE, replaced)) as T;
}

/** Every escape of a JSON text. `JSON.stringify` writes half a pair as one, and a whole pair as it is. */
const ESCAPE = /\\(?:u([\da-f]{4})|.)/g;

function replaced(escape: string, code: string | undefined): string {
  if (code === '0000') return '';
  return code?.startsWith('d') ? '\ufffd' : escape;
}

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

/**
 * Cuts what was read, one row more than the limit where there is one, to a page. Its cursor is the id of its last row: no row
 * ever goes, so that it keeps its place whatever comes meanwhile.
 */
export function pageOf<Row extends { readonly id: string }>(
  read: readonly Row[],
  limit: number | undefined,
): { rows: readonly Row[]; next: string | null } {
  const rows = limit === undefined ? read : read.slice(0, limit);
  return { rows, next: rows.length < read.length ? (rows.at(-1)?.id ?? null) : null };
}

/** The archive can't be used now and will be again: whoever asked tries later. One line that says why, with the remedy. */
export class ArchiveAway extends Error {
  override name: string = 'ArchiveAway';
}

/** Another transaction holds for too long what this one needs: an account's money, say. All else in the archive is as ever. */
export class ArchiveHeld extends ArchiveAway {
  override name = 'ArchiveHeld' as const;
}

/** Every connection of this process is at work. */
export class ArchiveFull extends ArchiveAway {
  override name = 'ArchiveFull' as const;
}
