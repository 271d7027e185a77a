import type { Check } from '../contract/checks.js';
import type { RecentPost } from '../services/archive/records/records.js';
import { STOP_WORDS, pairsOf, spacedIn, unspacedIn } from '../contract/checks/lands-on.js';

/** What a post tells, as far as another one can tell it again. */
export interface Idea {
  readonly title: string;
  readonly topic: string;
  readonly angle: string;
}

/** Something that a planned post may repeat. */
interface ToldBefore {
  readonly title: string;
  /** The id of a post; null for one that is planned and has none yet. */
  readonly postId: string | null;
  /** What came of it, for people and the model: `published on 2026-11-20`. */
  readonly fate: string;
  readonly shingles: ReadonlySet<string>;
}

/** What a planned post is most like, at or over the account's threshold. */
export interface Repeat {
  readonly told: ToldBefore;
  /** 0 to 1: see `similarityOf`. */
  readonly similarity: number;
}

export const ideaShingles = ({ title, topic, angle }: Idea): ReadonlySet<string> =>
  shinglesOf(`${title}\n${topic}\n${angle}`);

/** What has been told already: the posts of the account lately, and the items that the batch planned before this page. */
export function toldSoFar(
  recent: readonly RecentPost[],
  planned: readonly Idea[],
  batchId: string,
): readonly ToldBefore[] {
  const known = new Set(recent.map(({ title }) => title));
  return [
    ...recent.map((post) => toldBy(post, batchId, ideaShingles(post))),
    ...planned.filter(({ title }) => !known.has(title)).map(ofThisBatch),
  ];
}

const toldBy = (post: RecentPost, batchId: string, shingles: ReadonlySet<string>): ToldBefore => ({
  title: post.title,
  postId: post.postId,
  fate: post.batchId === batchId ? OF_THIS_BATCH : fateOf(post),
  shingles,
});

const OF_THIS_BATCH = 'another post of this batch';
const ofThisBatch = (idea: Idea): ToldBefore => ({
  title: idea.title,
  postId: null,
  fate: OF_THIS_BATCH,
  shingles: ideaShingles(idea),
});

/** What each item repeats of what was told, or of the items before it; null for one that is fresh. */
export function repeatsIn(
  items: readonly Idea[],
  told: readonly ToldBefore[],
  threshold: number,
): readonly (Repeat | null)[] {
  const page = items.map(ofThisBatch);
  return page.map(({ shingles }, at) => mostLike(shingles, [...told, ...page.slice(0, at)], threshold));
}

function mostLike(
  shingles: ReadonlySet<string>,
  told: readonly ToldBefore[],
  threshold: number,
): Repeat | null {
  const most = told
    .map((one) => ({ told: one, similarity: similarityOf(shingles, one.shingles) }))
    .reduce<Repeat | null>((best, one) => (best && best.similarity >= one.similarity ? best : one), null);
  return most !== null && most.similarity >= threshold ? most : null;
}

/** The check of a body that repeats an earlier post's, at or over the threshold; null for one that is fresh. */
export function bodyCheck(
  body: string,
  { id, batchId }: { readonly id: string; readonly batchId: string },
  recent: readonly RecentPost[],
  threshold: number,
): Check | null {
  const told = recent.flatMap((post) =>
    post.body === null || post.postId === id ? [] : [toldBy(post, batchId, phrasesOf(post.body))],
  );
  const repeat = mostLike(phrasesOf(body), told, threshold);
  return repeat && checkOf(repeat, 'body.fresh', 'the body, as it was written,');
}

/** What a repeat is told to the model, in whose place it plans something else. */
export const repeatReason = ({ title }: Idea, { told }: Repeat): string =>
  `"${title.slice(0, 80)}" repeats "${told.title.slice(0, 80)}", ${told.fate}`;

/** What a repeat is on the record: advice to the person who decides. */
export const repeatCheck = (repeat: Repeat): Check => checkOf(repeat, 'plan.fresh', 'the plan');

function checkOf({ told, similarity }: Repeat, rule: string, part: string): Check {
  const id = told.postId === null ? '' : ` (${told.postId})`;
  const detail = `${part} is like "${told.title}"${id}, ${told.fate}: ${Math.round(similarity * 100)}% of its wording`;
  return { rule, ok: false, detail };
}

const FATES: Readonly<Partial<Record<RecentPost['status'], string>>> = {
  published: 'published on',
  unpublished: 'taken back; published on',
  rejected: 'rejected on',
};

/** `published on 2026-11-20`; what is neither out nor rejected is on its way. */
export function fateOf({ status, at }: Pick<RecentPost, 'status' | 'at'>): string {
  const fate = FATES[status];
  return fate === undefined ? 'not out yet' : `${fate} ${at.slice(0, 10)}`;
}

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

const PHRASE = 3;

/**
 * The phrases of a text, by which whole bodies are compared: every three words in a row, or characters in scripts without spaces.
 * The letters of two long texts of one beat are much the same, whatever they tell.
 */
export function phrasesOf(text: string): ReadonlySet<string> {
  const even = text.normalize('NFKC').toLowerCase();
  const words = (spacedIn(even).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map(withoutAccents);
  return new Set([words, ...unspacedIn(even).map((run) => [...run])].flatMap(inThrees));
}

const inThrees = (words: readonly string[]): string[] =>
  words.slice(PHRASE - 1).map((_, at) => words.slice(at, at + PHRASE).join(' '));

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
