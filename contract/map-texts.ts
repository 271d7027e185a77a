/**
 * A JSON document with every text in it put through a function, so that who shows it need not remember which of them may be what.
 *
 * @param name what becomes of the names of fields; they stay when it is left out
 */
export function mapTexts<T>(
  document: T,
  text: (text: string) => string,
  name: (name: string) => string = (same) => same,
): T {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [name(key), walk(inner)]));
  };
  return walk(document) as T;
}
