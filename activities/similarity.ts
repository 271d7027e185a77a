import { STOP_WORDS } from '../contract/checks/stop-words.js';
import { pairsOf, spacedIn, unspacedIn } from '../contract/checks/unspaced.js';

/** Letters of a shingle: so many tell words apart, and fewer than a form of a word changes. */
const SHINGLE = 4;

/**
 * The shingles of a text, by which it is compared: every four letters within its words, of which a space before the first one
 * counts as one, without the words that say little. Case, accents, punctuation and order do not matter, nor how often something is
 * said. Scripts without spaces give their characters, alone and in twos.
 */
export function shinglesOf(text: string): ReadonlySet<string> {
  const even = text.normalize('NFKC').toLowerCase();
  const runs = unspacedIn(even);
  const words = spacedIn(even).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => isTelling(word)).map(withoutAccents);
  return new Set([
    ...telling.flatMap((word) => partsOf(` ${word}`)),
    ...runs.flatMap((run) => [...run, ...pairsOf(run)]),
  ]);
}

/**
 * How alike two texts are, 0 to 1: the share of the shorter one's shingles that the other has too. A story in short is contained in
 * the same in full, which a share of both would not show.
 */
export function similarityOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [short, long] = one.size <= other.size ? [one, other] : [other, one];
  if (short.size === 0) return 0;
  let shared = 0;
  for (const shingle of short) if (long.has(shingle)) shared += 1;
  return shared / short.size;
}

const isTelling = (word: string): boolean =>
  !STOP_WORDS.has(word) && (word.length > 1 || /\p{N}/u.test(word));

/** Accents of Latin, Greek and Cyrillic letters; what looks like one elsewhere may be a vowel. */
const withoutAccents = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');

function partsOf(word: string): string[] {
  const letters = [...word];
  if (letters.length <= SHINGLE) return [word];
  return letters.slice(SHINGLE - 1).map((_, at) => letters.slice(at, at + SHINGLE).join(''));
}
