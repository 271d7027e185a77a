/** The first banned phrase that stands in any of the texts, in any case; null when there is none. */
export function bannedPhraseIn(texts: readonly string[], banned: readonly string[]): string | null {
  const all = texts.join('\n').toLowerCase();
  return banned.find((phrase) => all.includes(phrase.toLowerCase())) ?? null;
}
