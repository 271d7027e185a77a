import type { PostInput } from '../../contract/batch.js';
import { NO_DECISIONS, type Decisions } from './decisions.js';
import { NOTHING_OUT, type Out } from './out.js';
import { newWork, type Work } from './work.js';
import { NO_WORDS, type Words } from './words.js';

/**
 * Everything a post knows, in four values: what is written, what is made, what is decided and what is out. Each is changed by
 * the functions of its own file only. Plain JSON, since a post carries it over when it continues as new.
 */
export interface Post {
  readonly input: PostInput;
  readonly createdAt: string;
  readonly words: Words;
  readonly work: Work;
  readonly decisions: Decisions;
  readonly out: Out;
  /** How many records have been written; the archive takes only a newer one. */
  readonly recorded: number;
}

/** A post at its start: planned, and nothing else. */
export const newPost = (input: PostInput, now: string): Post => ({
  input,
  createdAt: now,
  words: NO_WORDS,
  work: newWork(input.contentFormat, now),
  decisions: NO_DECISIONS,
  out: NOTHING_OUT,
  recorded: 0,
});

/** What a run of a post hands to the next one. Its input goes beside it. */
export type CarriedPost = Omit<Post, 'input'>;
