/** The banned phrases that stand in any of the texts: in any case, with any quotes, across any white space. */
export function bannedIn(texts: readonly (string | null)[], phrases: readonly string[]): string[] {
  const all = even(texts.filter((text) => text !== null).join('\n'));
  return phrases.filter((phrase) => all.includes(even(phrase)));
}

/** Null where none of the phrases stands in the texts. */
export function bannedDetail(texts: readonly (string | null)[], phrases: readonly string[]): string | null {
  const found = bannedIn(texts, phrases).map((phrase) => `"${phrase}"`);
  if (found.length === 0) return null;
  return found.length === 1
    ? `the phrase ${found[0]} is banned`
    : `the phrases ${found.join(', ')} are banned`;
}

const even = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[‘’ʼ]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
