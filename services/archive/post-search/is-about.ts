import type { RankedPost } from './rank-by-words.js';

/**
 * A post with less of the question's weight has nothing to do with it: what it has is common, or is little beside what it
 * lacks. Low, since readers use other words than posts do: a post too many costs little, a post too few is an answer that was
 * not given.
 */
const LEAST_COVERED = 0.15;

export const isAbout = ({ covered }: RankedPost): boolean => covered >= LEAST_COVERED;
