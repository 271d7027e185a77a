import { revisionIn, type Revision } from '../../contract/revision.js';
import type { Post } from './state/state.js';
import { postStatus } from './status.js';

/** Of JSON, that one record carries beside its own revision: Temporal takes 2 MB in one piece. */
const MOST_CHARACTERS = 100_000;

/**
 * Keeps the revision that a person has just made by an edit, for the next record to carry. Each turn ends with a record at
 * most, so of two edits in one turn the first would leave no trace. Of a flood the newest are kept.
 */
export function keepRevision(post: Post): Post {
  const made = revisionIn(postStatus(post));
  return made ? { ...post, unrecorded: fit([...post.unrecorded, made]) } : post;
}

/** The revisions that a record carries beside the one which its status shows. */
export function revisionsToRecord(post: Post): readonly Revision[] {
  const shown = revisionIn(postStatus(post))?.revision;
  return post.unrecorded.filter(({ revision }) => revision !== shown);
}

/** A record has them all from here on. */
export const forgetRevisions = (post: Post): Post =>
  post.unrecorded.length === 0 ? post : { ...post, unrecorded: [] };

function fit(revisions: readonly Revision[]): readonly Revision[] {
  let room = MOST_CHARACTERS;
  const first = revisions.findLastIndex((revision) => (room -= JSON.stringify(revision).length) < 0);
  return revisions.slice(first + 1);
}
