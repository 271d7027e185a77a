/** Words that say nothing of what a text is about. */
const EMPTY = new Set(
  (
    'about after again all also and any are ask because been before being between both but can could did does doing done ' +
    'each else ever every few for from get gets give given goes going good got had has have her here him his how ' +
    'into its just keep know let like made make makes many may mean might more most much must never not now off one only ' +
    'other our out over own post posts put really right same say says see should since some such take than that the their them ' +
    'then there these they thing things think this those through too under until use used very want was way were what when ' +
    'where whether which while who whom whose why will with without would write written wrote yet you your'
  ).split(' '),
);

/** What a text is about, as words without case and endings: `Feeding starters` and `feed a starter` share both. */
export function stemsOf(text: string): string[] {
  const words = text.toLowerCase().match(/\p{N}{2,}|\p{L}{2,}(?:['’]\p{L}+)?/gu) ?? [];
  return words
    .filter((word) => !/n['’]t$/.test(word))
    .map((word) => word.split(/['’]/, 1).join(''))
    .filter((word) => word.length > 2 || /\p{N}/u.test(word))
    .filter((word) => !EMPTY.has(word))
    .map(stem);
}

/** An ending counts where enough of the word is left to tell it by. */
const stem = (word: string): string => {
  const bare = word.replace(/(?<=\p{L}{3})(?:ing|ed|es|s|ly|e)$/u, '');
  // What doubled before an ending: `scoring` and `stopped`.
  return bare !== word && bare.length > 3 ? bare.replace(/([bdgmnprt])\1$/, '$1') : bare;
};
