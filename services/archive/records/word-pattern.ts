/**
 * A word as a regular expression of PostgreSQL that finds it in any case. The database's own lower case depends on how it was
 * set up, and may know no letter outside ASCII.
 */
export const wordPattern = (word: string): string => [...word].map(inAnyCase).join('');

/** The words of a search, as white space parts them. */
export const wordsIn = (text: string): string[] => text.split(/\s+/).filter(Boolean);

function inAnyCase(character: string): string {
  const cases = [character, character.toLowerCase(), character.toUpperCase()];
  // A letter that is two in the other case, such as ß, is found as it is.
  const single = [...new Set(cases)].filter((one) => [...one].length === 1);
  return single.length === 1 ? literal(character) : `[${single.join('')}]`;
}

/** What is no letter and no digit may mean something else in a regular expression. */
const literal = (character: string): string =>
  /[!-/:-@[-^`{-~]/.test(character) ? `\\${character}` : character;
