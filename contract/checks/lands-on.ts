import { STOP_WORDS } from './stop-words.js';
import { pairsOf, spacedIn, unspacedIn } from './unspaced.js';

/** The share of the button's words that the paragraph must say; `lands-on.test.ts` measures it. */
const ENOUGH = 0.6;
/** A thought that the button says in one sentence may take the piece a few. */
const MORE_SENTENCES = 2;

/**
 * Whether a paragraph says the button, the closing line that the plan gave the piece, in its own words or more: most of the
 * words that carry the button's meaning stand close together in it, in any order and in any form ("bills", "billed").
 * Words are all that it sees: who says the same in quite other words does not land by it.
 */
export function landsOn(paragraph: string, button: string): boolean {
  const wanted = meaningOf(button);
  if (wanted.length === 0) return true;
  const span = sentencesOf(button).length + MORE_SENTENCES;
  const sentences = sentencesOf(paragraph).map(wordsIn);
  return sentences.some((_, start) => {
    const said = sentences.slice(start, start + span).flat();
    return wanted.filter((word) => said.some((other) => isSameWord(word, other))).length >= needed(wanted);
  });
}

/** Of one or two words all must be said: half of them is the topic, not the thought. */
const needed = ({ length }: readonly string[]): number => (length <= 2 ? length : Math.ceil(length * ENOUGH));

/** The words that carry a meaning, each once; all words where none does ("It is what it is."). */
function meaningOf(text: string): string[] {
  const words = wordsIn(text);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return [...new Set(telling.length > 0 ? telling : words)];
}

const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[.!?…。！？])["'’”»)\]]*(?:\s+|(?<=[。！？]))|\n+/u).filter((part) => part.trim() !== '');

/** Lower case, without accents and apostrophes: "isn’t" is the two words "isn" and "t", of which one has meaning. */
function wordsIn(text: string): string[] {
  const even = text.normalize('NFKC').toLowerCase();
  const pairs = unspacedIn(even).flatMap(pairsOf);
  const spaced = spacedIn(even).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...spaced.filter((word) => word.length > 1 || /\p{N}/u.test(word)), ...pairs];
}

/** The letters in which two forms of a word must agree, at the least, and the share of the longer one. */
const STEM = 4;
const STEM_SHARE = 0.6;

/** Two forms of one word begin alike: price, prices, pricing. A short word has no forms. */
function isSameWord(one: string, other: string): boolean {
  if (one === other) return true;
  const shortest = Math.min(one.length, other.length);
  const longest = Math.max(one.length, other.length);
  let same = 0;
  while (same < shortest && one[same] === other[same]) same += 1;
  // A plural or an ending of a word of three letters: bill, bills; tax, taxes.
  if (same === shortest && shortest >= 3 && longest - shortest <= 2) return true;
  return same >= STEM && same >= longest * STEM_SHARE;
}
