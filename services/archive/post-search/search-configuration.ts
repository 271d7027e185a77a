/** What PostgreSQL 15 and PGlite both have, by the primary subtag of BCP 47. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  ...{ ar: 'arabic', ca: 'catalan', da: 'danish', de: 'german', el: 'greek', en: 'english', es: 'spanish' },
  ...{ eu: 'basque', fi: 'finnish', fr: 'french', ga: 'irish', hi: 'hindi', hu: 'hungarian', hy: 'armenian' },
  ...{ id: 'indonesian', it: 'italian', lt: 'lithuanian', nb: 'norwegian', ne: 'nepali', nl: 'dutch' },
  ...{ nn: 'norwegian', no: 'norwegian', pt: 'portuguese', ro: 'romanian', ru: 'russian', sr: 'serbian' },
  ...{ sv: 'swedish', ta: 'tamil', tr: 'turkish', yi: 'yiddish' },
};

/**
 * The text search configuration of a language (BCP 47), which knows its endings and the words that say nothing. `simple`,
 * which takes each word as it is, for a language that PostgreSQL does not know.
 */
export function searchConfiguration(language: string): string {
  const [primary = ''] = language.toLowerCase().split(/[-_]/);
  return Object.hasOwn(CONFIGURATIONS, primary) ? CONFIGURATIONS[primary]! : 'simple';
}
