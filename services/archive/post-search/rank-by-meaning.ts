/** A vector of length 1. */
export interface PostVector {
  readonly postId: string;
  readonly vector: Readonly<ArrayLike<number>>;
}

export interface Nearness {
  readonly postId: string;
  /** The cosine. */
  readonly similarity: number;
}

/**
 * Below this, texts have nothing to do with each other. Of OpenAI's models unrelated texts lie near 0.1, related ones from 0.3
 * on; of a model that holds everything alike none is left out, and the answer's own model has to tell.
 */
const LEAST_SIMILARITY = 0.25;

/** How near each post is to the question, both at length 1. Vectors of another length are left out. */
export const measureMeaning = (question: readonly number[], posts: readonly PostVector[]): Nearness[] =>
  posts
    .filter(({ vector }) => vector.length === question.length)
    .map(({ postId, vector }) => ({ postId, similarity: dot(question, vector) }));

/** The ids of the posts that are near enough, the nearest first. */
export const nearestPosts = (posts: readonly Nearness[]): string[] =>
  posts
    .filter(({ similarity }) => similarity >= LEAST_SIMILARITY)
    .toSorted((one, other) => other.similarity - one.similarity || (one.postId < other.postId ? -1 : 1))
    .map(({ postId }) => postId);

/** The vector at length 1; null where it has no direction. */
export function unitVector(vector: readonly number[]): number[] | null {
  const length = Math.hypot(...vector);
  return Number.isFinite(length) && length > 0 ? vector.map((value) => value / length) : null;
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += one[at]! * other[at]!;
  return sum;
}
