import type { PlannedPost } from '../../contract/batch.js';
import type { PostReport } from '../../contract/messages.js';
import { isAtWork, isFinal, type PostState, type Step } from '../../contract/states.js';
import { countStrikes, strikeCount, type Strikes, isStopped } from './key-trouble.js';
import { type TextLimits, shorten, shortError } from '../text-limits.js';
import { OVER_BUDGET } from '../../contract/money/spend.js';

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

/** A post as its batch knows it, from what the post last said. */
export interface KnownPost extends PostReport {
  readonly contentFormat: string;
}

/** A post that has just been started. */
const startedPost = ({ id, title, contentFormat }: PlannedPost, limits: TextLimits): KnownPost => ({
  id,
  title: shorten(title, limits.title),
  contentFormat,
  status: 'drafting',
  gate: null,
  revision: 1,
  cost: 0,
  unknown: 0,
  step: 'draft',
  error: null,
});

/** The post as it now says it is; the post as it was for a word that came too late: what has ended has ended. */
function updatedPost(known: KnownPost, report: PostReport, limits: TextLimits): KnownPost {
  if (report.sequence !== undefined && report.sequence < (known.sequence ?? 0)) return known;
  if (isFinal(known.status) && !isFinal(report.status)) return known;
  return {
    ...known,
    ...report,
    title: shorten(report.title, limits.title),
    error: report.error && shortError(report.error, limits),
    contentFormat: known.contentFormat,
  };
}

/** Whether a resume of the batch resumes the post: what stops it is not its own, but the budget, a key or an account. */
export const resumesWithBatch = (post: KnownPost): boolean =>
  (post.status === 'blocked' && post.error?.type === OVER_BUDGET) || isStopped(post);

const AT_STEP: Readonly<Partial<Record<Step, PostState>>> = {
  draft: 'drafting',
  hero_image: 'illustrating',
  video: 'filming',
  publish: 'publishing',
};

/** A post that has been told to try its step again: at work, until it says otherwise, so that it counts in the window. */
const resumedPost = (post: KnownPost): KnownPost => ({
  ...post,
  status: (post.step && AT_STEP[post.step]) ?? 'drafting',
  error: null,
});
