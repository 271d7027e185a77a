/** A word of a question, as the database's text search has it, and how much it tells of a post. */
export interface AskedWord {
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

export interface WordHit {
  readonly word: string;
  readonly inTitle: number;
  readonly inRest: number;
}

export interface RankedPost {
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
