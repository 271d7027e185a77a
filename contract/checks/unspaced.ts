/** Scripts that put no space between words; two characters of one stand for a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+/gu;

/** The runs of such characters in a text. */
export const unspacedIn = (text: string): string[] => text.match(UNSPACED) ?? [];

/** The rest of the text, with a space for each run. */
export const spacedIn = (text: string): string => text.replace(UNSPACED, ' ');

/** What stands for the words of a run of such characters: each two neighbors; the only one, where there is one. */
export function pairsOf(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}
