import type { PlannedPost } from '../../contract/batch.js';
import type { PostReport } from '../../contract/messages.js';
import { isAtWork, isFinal } from '../../contract/states.js';
import { countStrikes, strikeCount, type Strikes } from './key-trouble.js';
import { resumedPost, startedPost, updatedPost, type KnownPost } from './known-post.js';
import type { TextLimits } from './text-limits.js';

/** How often a batch looks after the posts that may have ended without a word, in ms. */
export const LOOK_EVERY = 24 * 3_600_000;

/** What a batch knows of its posts. */
export interface BatchPosts {
  readonly known: readonly KnownPost[];
  /** How many reports have been heard; a change of it is news. */
  readonly heard: number;
  readonly strikes: Strikes;
  /** When the batch next looks after its posts, in ms since 1970. */
  readonly nextLook: number;
}

export const newPosts = (now: string): BatchPosts => ({
  known: [],
  heard: 0,
  strikes: {},
  nextLook: Date.parse(now) + LOOK_EVERY,
});

export const addStarted = (
  posts: BatchPosts,
  planned: readonly PlannedPost[],
  limits: TextLimits,
): BatchPosts => ({
  ...posts,
  known: [...posts.known, ...planned.map((one) => startedPost(one, limits))],
});

/**
 * Takes what a post says of itself. A post that the batch does not know is not its own.
 *
 * @returns the posts themselves where this is no news
 */
export function hearReport(posts: BatchPosts, report: PostReport, limits: TextLimits): BatchPosts {
  const index = posts.known.findIndex((post) => post.id === report.id);
  const known = posts.known[index];
  if (!known) return posts;
  const now = updatedPost(known, report, limits);
  if (now === known) return posts;
  return { ...replacePost(posts, index, now), strikes: countStrikes(posts.strikes, known, now) };
}

/** Its workflow has ended without a word. */
export function failPost(posts: BatchPosts, id: string, how: string): BatchPosts {
  const index = posts.known.findIndex((post) => post.id === id);
  const post = posts.known[index];
  if (!post) return posts;
  const message = `the post's workflow is ${how} and sent no word`;
  const error = { type: 'Post.Ended', message, requestId: null };
  return replacePost(posts, index, { ...post, status: 'failed', error });
}

const replacePost = (posts: BatchPosts, index: number, post: KnownPost): BatchPosts => ({
  ...posts,
  known: posts.known.with(index, post),
  heard: posts.heard + 1,
});

/** These have been told to try again, and count as at work now. */
export const markResumed = (posts: BatchPosts, ids: readonly string[]): BatchPosts => ({
  ...posts,
  known: posts.known.map((post) => (ids.includes(post.id) ? resumedPost(post) : post)),
});

export const forgetStrikes = (posts: BatchPosts): BatchPosts => ({ ...posts, strikes: {} });

export const setNextLook = (posts: BatchPosts, nextLook: number): BatchPosts => ({ ...posts, nextLook });

export const unfinishedPosts = ({ known }: BatchPosts): KnownPost[] =>
  known.filter((post) => !isFinal(post.status));

export const allFinal = ({ known }: BatchPosts): boolean => known.every((post) => isFinal(post.status));

/**
 * How many more posts may be at work; a post that waits for a person or a slot is not in the window. One that a key has just
 * stopped keeps its place, since the next would be stopped as well, unless nothing else could tell.
 */
export function freePlaces({ known, strikes }: BatchPosts, window: number): number {
  const atWork = known.filter((post) => isAtWork(post.status)).length;
  return Math.max(atWork === 0 ? 1 : 0, window - atWork - strikeCount(strikes));
}
