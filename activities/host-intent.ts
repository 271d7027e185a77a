import type { Account } from '../contract/account.js';
import { followUpIn } from './follow-up.js';
import { APPROVAL, FILLERS, GREETING, PHRASES, SYNONYMS, THANKS } from './host-phrases.js';
import { plainWords } from './plain-words.js';

/** What a reader says to whoever answers, and not to the posts. */
export type HostIntent = 'greeting' | 'thanks' | 'who' | 'about' | 'newest';

type Called = Pick<Account, 'name' | 'handle'>;

const setOf = (...lists: readonly (readonly string[])[]): ReadonlySet<string> =>
  new Set(plainWords(lists.flat().join(' ')));
const FILLER = setOf(FILLERS);
const [HAILS, THANKING, APPROVING] = [setOf(GREETING.hail), setOf(THANKS.core), setOf(APPROVAL)];
const GREETS = setOf(GREETING.hail, GREETING.core);
const [BESIDE_GREETING, BESIDE_THANKS] = [setOf(GREETING.beside), setOf(THANKS.beside)];
const COURTESY = new Set([...GREETS, ...BESIDE_GREETING, ...THANKING, ...APPROVING, 'and', 'und']);
const MEANING = new Map(
  Object.entries(SYNONYMS).map(([word, meaning]) => [plainWords(word).join(), meaning] as const),
);

/** A phrase in the words that it is compared by. */
const phraseOf = (words: readonly string[]): string =>
  words
    .map((word) => MEANING.get(word) ?? word)
    .filter((word) => !FILLER.has(word))
    .join(' ');

const KNOWN = new Map<string, HostIntent>(
  Object.values(PHRASES).flatMap((intents) =>
    Object.entries(intents).flatMap(([intent, said]) =>
      said.map((one) => [phraseOf(plainWords(one)), intent as HostIntent] as const),
    ),
  ),
);
/** A phrase of fewer characters has to be spelled right: one letter off, it may be another one. */
const LEAST_MISSPELLED = 10;
const MOST_WORDS = 14;
const MOST_READ = 400;

/**
 * What a reader means who says nothing else, in whichever language; null for a question to the posts. A greeting or thanks before
 * a question is no matter: the question counts.
 *
 * @param called the account
 */
export function hostIntent(question: string, called: Called): HostIntent | null {
  if (question.length > MOST_READ) return null;
  const text = question.replace(/\bthank (?:you|u)\b/gi, 'thanks');
  return intentOf(plainWords(text), setOf([called.name, called.handle])) ?? clausesIntent(text);
}

function intentOf(words: readonly string[], called: ReadonlySet<string>): HostIntent | null {
  if (words.length === 0 || words.length > MOST_WORDS) return null;
  const isOnly = (core: ReadonlySet<string>, ...beside: readonly ReadonlySet<string>[]): boolean =>
    words.some((word) => core.has(word)) &&
    words.every((word) => [core, FILLER, ...beside].some((some) => some.has(word)));
  if (isOnly(THANKING, BESIDE_THANKS, GREETS, called)) return 'thanks';
  if (isOnly(GREETS, BESIDE_GREETING, called)) return 'greeting';
  if (isOnly(APPROVING)) return 'thanks';
  const said = phraseIntent(words);
  const [first = '', second = '', ...more] = words;
  const isHailed = more.length === 0 && HAILS.has(first) && followUpIn(second) !== 'whole';
  return said ?? (isHailed ? 'greeting' : null);
}

/** Of several sayings in one the first. "Hello. Who are you, and what do you write about?" */
function clausesIntent(text: string): HostIntent | null {
  const clauses = text.split(/[.!?;]+|\b(?:and|und)\b/i).map((clause) => withoutCourtesy(plainWords(clause)));
  const intents = clauses.filter(({ length }) => length > 0).map(phraseIntent);
  return intents.includes(null) ? null : (intents[0] ?? null);
}

function phraseIntent(words: readonly string[]): HostIntent | null {
  const phrase = phraseOf(withoutCourtesy(words));
  return KNOWN.get(phrase) ?? KNOWN.get(phraseOf(words)) ?? misspelled(phrase);
}

/** Without what is said before and after a question out of courtesy. */
function withoutCourtesy(words: readonly string[]): readonly string[] {
  const isWord = (word: string): boolean => !COURTESY.has(word);
  return words.slice(words.findIndex(isWord), words.findLastIndex(isWord) + 1);
}

function misspelled(phrase: string): HostIntent | null {
  if (phrase.length < LEAST_MISSPELLED) return null;
  for (const [known, intent] of KNOWN) if (isOneSlip(phrase, known)) return intent;
  return null;
}

/** Whether one letter is missing, one too many, another one, or changed places with its neighbour. */
function isOneSlip(one: string, other: string): boolean {
  if (other.length < LEAST_MISSPELLED || Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  const most = Math.min(one.length, other.length) - start;
  while (end < most && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const [here, there] = [one, other].map((text) => text.slice(start, text.length - end)) as [string, string];
  return Math.max(here.length, there.length) <= 1 || (here.length === 2 && here === `${there[1]}${there[0]}`);
}
