import type { ApproveAll, PostReport } from '../../contract/messages.js';
import type { BatchRun } from './run.js';
import { jsonBytes } from '../json-bytes.js';

type Waiting = Pick<PostReport, 'id' | 'gate' | 'revision'>;

/** An approval of all, with the posts that waited when it came: nobody has approved what came to wait later. */
export interface PendingApproval {
  readonly approval: ApproveAll;
  readonly posts: readonly Waiting[];
  /** How many reports the batch had heard by then. */
  readonly heard: number;
}

type Waits = Pick<BatchRun, 'approvals' | 'posts' | 'heard'>;

/** What the words of all pending approvals may take of what a batch carries over, in bytes of JSON. */
const MOST_WORDS = 64_000;

/**
 * Adds an approval of what waits now. A post that is already to be approved as it stands would take the first approval and
 * drop the second, so it is left out.
 *
 * @returns false when so much is pending that this one is not taken
 */
export function addApproval({ approvals, posts, heard }: Waits, approval: ApproveAll): boolean {
  // A flood of approvals is heard within one task, which may take two seconds.
  if (approvals.some((one) => one.heard === heard)) return true;
  const known = new Map(approvals.flatMap((one) => one.posts.map((post) => [post.id, post])));
  const added = posts
    .filter((post) => post.status === 'awaiting_approval' && !isSame(post, known.get(post.id)))
    .map(({ id, gate, revision }) => ({ id, gate, revision }));
  if (added.length === 0) return true;
  const index = approvals.findIndex((one) => wordsOf(one.approval) === wordsOf(approval));
  const same = approvals[index];
  if (same) {
    approvals[index] = { ...same, posts: [...same.posts, ...added], heard };
    return true;
  }
  const words = [...approvals.map((one) => one.approval), approval].map(wordsOf);
  if (words.reduce((sum, each) => sum + jsonBytes(each), 0) > MOST_WORDS) return false;
  approvals.push({ approval, posts: added, heard });
  return true;
}

/** Takes the next approval for at most `most` posts off the list; the rest of it stays for a later turn. */
export function takeShare(pending: PendingApproval[], most: number): PendingApproval | null {
  const [next] = pending;
  if (!next) return null;
  const { posts } = next;
  if (posts.length <= most) pending.shift();
  else pending[0] = { ...next, posts: posts.slice(most) };
  return { ...next, posts: posts.slice(0, most) };
}

const isSame = (post: Waiting, known: Waiting | undefined): boolean =>
  known !== undefined && post.gate === known.gate && post.revision === known.revision;
const wordsOf = ({ by, note = '', publishAt = '' }: ApproveAll): string =>
  JSON.stringify([by, note, publishAt]);
