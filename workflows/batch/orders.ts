import type { Cancel, ApproveAll, PostReport } from '../../contract/messages.js';
import { jsonBytes } from '../text-limits.js';
import type { BatchPosts } from './posts.js';

/** What people have told the batch and its posts have not heard yet. Signals only note it; the batch's own loop passes it on. */
export interface Orders {
  readonly approvals: readonly PendingApproval[];
  /** The ids of posts that a person resumed with the batch. */
  readonly resuming: readonly string[];
  /** Who said to cancel the batch, and why; null where only Temporal was asked to. */
  readonly cancelledBy: Cancel | null;
}

export const NO_ORDERS: Orders = { approvals: [], resuming: [], cancelledBy: null };

/** Whether there is something to pass on. */
export const hasOrders = ({ approvals, resuming }: Orders): boolean =>
  approvals.length > 0 || resuming.length > 0;

export const addResuming = (orders: Orders, ids: readonly string[]): Orders => ({
  ...orders,
  resuming: [...orders.resuming, ...ids.filter((id) => !orders.resuming.includes(id))],
});

export const dropResuming = (orders: Orders, count: number): Orders => ({
  ...orders,
  resuming: orders.resuming.slice(count),
});

export const noteCanceller = (orders: Orders, cancelledBy: Cancel): Orders => ({ ...orders, cancelledBy });

type Waiting = Pick<PostReport, 'id' | 'gate' | 'revision'>;

/** An approval of all, with the posts that waited when it came: nobody has approved what came to wait later. */
export interface PendingApproval {
  readonly approval: ApproveAll;
  readonly posts: readonly Waiting[];
  /** How many reports the batch had heard by then. */
  readonly heard: number;
}

type Pending = readonly PendingApproval[];

/** What the words of all pending approvals may take of what a batch carries over, in bytes of JSON. */
const MOST_WORDS = 64_000;

/**
 * Adds an approval of what waits now. A post that is already to be approved as it stands would take the first approval and
 * drop the second, so it is left out.
 *
 * @returns null when so much is pending that this one is not taken
 */
export function addApproval(
  pending: Pending,
  { known, heard }: BatchPosts,
  approval: ApproveAll,
): Pending | null {
  // A flood of approvals is heard within one task, which may take two seconds.
  if (pending.some((one) => one.heard === heard)) return pending;
  const approved = new Map(pending.flatMap((one) => one.posts.map((post) => [post.id, post])));
  const added = known
    .filter((post) => post.status === 'awaiting_approval' && !isSame(post, approved.get(post.id)))
    .map(({ id, gate, revision }) => ({ id, gate, revision }));
  if (added.length === 0) return pending;
  const index = pending.findIndex((one) => wordsOf(one.approval) === wordsOf(approval));
  const same = pending[index];
  if (same) return pending.with(index, { ...same, posts: [...same.posts, ...added], heard });
  const words = [...pending.map((one) => one.approval), approval].map(wordsOf);
  if (words.reduce((sum, each) => sum + jsonBytes(each), 0) > MOST_WORDS) return null;
  return [...pending, { approval, posts: added, heard }];
}

/** The next approval for at most `most` posts; null when none is pending. */
export function nextShare([next]: Pending, most: number): PendingApproval | null {
  return next ? { ...next, posts: next.posts.slice(0, most) } : null;
}

/** Takes that share off; the rest of it stays for a later turn. */
export function dropShare([next, ...rest]: Pending, most: number): Pending {
  return next && next.posts.length > most ? [{ ...next, posts: next.posts.slice(most) }, ...rest] : rest;
}

const isSame = (post: Waiting, known: Waiting | undefined): boolean =>
  known !== undefined && post.gate === known.gate && post.revision === known.revision;
const wordsOf = ({ by, note = '', publishAt = '' }: ApproveAll): string =>
  JSON.stringify([by, note, publishAt]);
