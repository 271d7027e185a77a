import { NEEDS_CONFIRMATION } from '../../contract/money/spend.js';
import type { ApproveAll, PostReport } from '../../contract/messages.js';
import { addApproval, addResuming, dropResuming } from './orders.js';
import { isStopped, isTrouble, troubleError } from './key-trouble.js';
import { resumesWithBatch, forgetStrikes, hearReport, markResumed, unfinishedPosts } from './posts.js';
import { confirmPage, dropQueued } from './plan.js';
import { pause, pauseForKey, resume, beginEnding, dropUntold } from './progress.js';
import { limitsOf, type Batch } from './state.js';

/** What a message does to a batch. The signals only note it; the batch's own loop acts. */

/** Takes what a post says of itself, and pauses where a key stops one post after the other. */
export function hear(batch: Batch, report: PostReport): Batch {
  const posts = hearReport(batch.posts, report, limitsOf(batch));
  if (posts === batch.posts) return batch;
  const now = posts.known.find((post) => post.id === report.id);
  if (!now?.error || !isStopped(now) || !isTrouble(posts.strikes)) return { ...batch, posts };
  const why = troubleError(batch.input.id, now.error);
  return { ...batch, posts, progress: pauseForKey(batch.progress, why) };
}

/** @returns null when so much is pending that this approval is not taken */
export function approveAll(batch: Batch, approval: ApproveAll): Batch | null {
  const approvals = addApproval(batch.orders.approvals, batch.posts, approval);
  return approvals && { ...batch, orders: { ...batch.orders, approvals } };
}

const isBegun = ({ posts }: Batch): boolean => posts.known.length > 0;

export const applyPause = (batch: Batch): Batch => ({
  ...batch,
  progress: pause(batch.progress, isBegun(batch)),
});

/** Continues with what a pause, a plan, a budget or a key has stopped. */
export function applyResume(batch: Batch): Batch {
  const { progress, plan, posts, orders } = batch;
  const ids = posts.known.filter(resumesWithBatch).map((post) => post.id);
  return {
    ...batch,
    progress: resume(progress, isBegun(batch)),
    plan: progress.error?.type === NEEDS_CONFIRMATION ? confirmPage(plan) : plan,
    posts: forgetStrikes(posts),
    orders: addResuming(orders, ids),
  };
}

/** The posts that are to be told to resume next, of at most `most`, and still wait for it. */
export function nextToResume({ posts, orders }: Batch, most: number): string[] {
  const ids = new Set(orders.resuming.slice(0, most));
  return posts.known.filter((post) => ids.has(post.id) && resumesWithBatch(post)).map((post) => post.id);
}

/** They have been told. */
export const dropResumed = (batch: Batch, most: number): Batch => ({
  ...batch,
  posts: markResumed(batch.posts, nextToResume(batch, most)),
  orders: dropResuming(batch.orders, most),
});

/** How long a cancelled batch waits for its posts to say that they have cleaned up, in ms. */
const FAREWELL = 15 * 60_000;
/** How many posts are cancelled at a time; a workflow may have 2,000 requests under way, and 500 is a lot to Temporal. */
const PAGE = 100;

/** Begins the end: nothing more is started, and every post that has not ended is to be cancelled. */
export function endPosts(batch: Batch, now: number): Batch {
  const { progress, plan, posts } = batch;
  if (progress.ending) return batch;
  const untold = unfinishedPosts(posts).map((post) => post.id);
  return {
    ...batch,
    plan: dropQueued(plan, plan.queue.length),
    progress: beginEnding(progress, { untold, until: now + FAREWELL }),
  };
}

/** The posts to cancel next. */
export const nextToCancel = ({ progress }: Batch): readonly string[] =>
  progress.ending?.untold.slice(0, PAGE) ?? [];

/** They are being cancelled. */
export const dropCancelled = (batch: Batch): Batch => ({
  ...batch,
  progress: dropUntold(batch.progress, PAGE),
});
