/** What no title is told by. */
const COMMON = new Set(
  (
    'about after again also been before does doing down even every from have having here into just less like make more most much ' +
    'only other over same should some such than that their them then there these they this those through under until very want ' +
    'were what when where which while with without would your'
  ).split(' '),
);

const wordsOf = (text: string): string[] =>
  (
    text
      .toLowerCase()
      .replaceAll("'", '')
      .match(/\p{L}{4,}/gu) ?? []
  ).filter((word) => !COMMON.has(word));

const BEGINNING = 5;

/** Stricter than a stemmer: "tick" is "ticking", and "brake" is "braking" to nobody. */
const isSame = (a: string, b: string): boolean =>
  a.startsWith(b) ||
  b.startsWith(a) ||
  (a.length >= BEGINNING && b.length >= BEGINNING && a.slice(0, BEGINNING) === b.slice(0, BEGINNING));

/** The rare words of a question that stand in a title too. */
export function sharedRareWords(question: string, title: string): string[] {
  const titleWords = wordsOf(title);
  return wordsOf(question).filter((word) => titleWords.some((other) => isSame(word, other)));
}
