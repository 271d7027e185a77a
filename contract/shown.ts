/** Line breaks, tabs, escape and everything else that steers a terminal. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** What shows nothing itself and changes how the rest is shown: marks that reorder a line, zero-width characters, tags. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u061c\ufff9-\ufffb]/gu;

/**
 * A text from outside as one line that shows what it holds, for a terminal or a log. Controls become a space, so that the words
 * on both sides stay apart; what can't be seen is left out, so that the line reads in the order in which it is stored; half a
 * character shows as `�`.
 */
export const shown = (text: string): string =>
  text
    .replace(CONTROLS, ' ')
    .replace(UNSEEN, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');

/** What JSON leaves as it is, though a terminal obeys it or shows the rest in another order. */
const UNESCAPED = /[\u007f-\u009f\u2028\u2029\u061c\ufff9-\ufffb\p{Default_Ignorable_Code_Point}]/gu;

/** A JSON text that a terminal only shows. It means the same: such characters stand in strings alone, and are escaped there. */
export const shownJson = (json: string): string =>
  json.replace(UNESCAPED, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );

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
