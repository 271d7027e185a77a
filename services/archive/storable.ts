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
