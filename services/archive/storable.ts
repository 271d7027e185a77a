/**
 * A copy of a record whose strings PostgreSQL can store: NUL is dropped and half a surrogate pair becomes the replacement
 * character. Models and feeds write both, and one of them would otherwise refuse the whole record for good.
 */
export function storable<T>(record: T): T {
  const text = JSON.stringify(record, (_key, value: unknown) =>
    typeof value === 'string' ? clean(value) : value,
  );
  return JSON.parse(text) as T;
}

const clean = (text: string): string => text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd');
