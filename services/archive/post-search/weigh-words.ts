import type { AskedWord } from './rank-by-words.js';
import { wordWeight } from './word-weight.js';

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
