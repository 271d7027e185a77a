/** A word of a question, as the database's text search has it, and how much it tells of a post. */
interface AskedWord {
  readonly word: string;
  readonly weight: number;
}

/** A post that has some of the words. */
export interface Candidate {
  readonly postId: string;
  /** How many different words it has. */
  readonly length: number;
  /** The words of the question that it has, and how often. */
  readonly hits: readonly WordHit[];
}

interface WordHit {
  readonly word: string;
  readonly inTitle: number;
  readonly inRest: number;
}

interface RankedPost {
  readonly postId: string;
  readonly score: number;
  /** Which part of the question's weight it has, from 0 to 1. */
  readonly covered: number;
}

/** A word of the title is as good as three of the text. */
const TITLE_BOOST = 3;
/** How soon one more of the same word adds nothing, and how much long posts are held back: the usual values of BM25. */
const K1 = 1.2;
const B = 0.75;

/** The best first, by BM25 with the title as a field of its own (BM25F). */
export function rankByWords(asked: readonly AskedWord[], candidates: readonly Candidate[]): RankedPost[] {
  const weights = new Map(asked.map(({ word, weight }) => [word, weight]));
  const whole = sum(asked.map(({ weight }) => weight));
  const usual = sum(candidates.map(({ length }) => length)) / candidates.length;
  return candidates
    .map(({ postId, length, hits }) => {
      const soft = K1 * (1 - B + (B * length) / usual);
      const scores = hits.map(({ word, inTitle, inRest }) => {
        const often = TITLE_BOOST * inTitle + inRest;
        return (weights.get(word)! * often * (K1 + 1)) / (often + soft);
      });
      const covered = sum(hits.map(({ word }) => weights.get(word)!)) / whole;
      return { postId, score: sum(scores), covered };
    })
    .toSorted((one, other) => other.score - one.score || (one.postId < other.postId ? -1 : 1));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * A post with less of the question's weight has nothing to do with it: what it has is common, or is little beside what it
 * lacks. Low, since readers use other words than posts do: a post too many costs little, a post too few is an answer that was
 * not given.
 */
const LEAST_COVERED = 0.15;

export const isAbout = ({ covered }: RankedPost): boolean => covered >= LEAST_COVERED;

/** A word of a question and the posts that have it. */
export interface Posting {
  readonly word: string;
  readonly postIds: readonly string[];
}

/** Weighs each word of a question by how many of the account's posts have it. */
export function weighWords(
  words: readonly string[],
  postings: readonly Posting[],
  posts: number,
): AskedWord[] {
  const having = new Map(postings.map(({ word, postIds }) => [word, postIds.length]));
  return words.map((word) => ({ word, weight: wordWeight(having.get(word) ?? 0, posts) }));
}

/** The ids of the posts that have the most of the words' weight, the most first. */
export function heaviest(postings: readonly Posting[], asked: readonly AskedWord[], limit: number): string[] {
  const weights = new Map(asked.map(({ word, weight }) => [word, weight]));
  const sums = new Map<string, number>();
  for (const { word, postIds } of postings)
    for (const postId of postIds) sums.set(postId, (sums.get(postId) ?? 0) + weights.get(word)!);
  return [...sums]
    .toSorted(([one, weight], [other, otherWeight]) => otherWeight - weight || (one < other ? -1 : 1))
    .slice(0, limit)
    .map(([postId]) => postId);
}

/** Of an account with fewer posts too little is known of how common a word is: it is taken to have some that lack it. */
const FEWEST_POSTS = 30;

/**
 * How much a word tells of a post, from how many of the account's posts have it: the inverse document frequency of Okapi BM25.
 * A word that no post has weighs as much as one that a single post has.
 */
export function wordWeight(withWord: number, posts: number): number {
  const all = Math.max(posts, FEWEST_POSTS);
  const having = Math.max(withWord, 1);
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}
