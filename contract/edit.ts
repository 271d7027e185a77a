import type { QueryDefinition } from '@temporalio/common';
import type { Edit } from './messages.js';
import type { PostStatus } from './status.js';

/** The workflow that edits a published post: its page and feeds first, then each target that can change what it has. */
export const EDIT_WORKFLOW = 'edit';
/** One for each revision: of two edits of one revision the second is refused, and none is made twice. */
export const editWorkflowId = (postId: string, revision: number): string => `edit/${postId}/${revision}`;

export interface EditInput {
  readonly postId: string;
  /** The one that it makes. */
  readonly revision: number;
  readonly edit: Edit;
}

/** A revision of a published post, as the archive saves it. */
export interface PublishedEdit extends Pick<
  PostStatus,
  'title' | 'body' | 'caption' | 'hashtags' | 'altText' | 'texts' | 'checks'
> {
  readonly postId: string;
  readonly revision: number;
  readonly by: string;
  /** When, ISO 8601. */
  readonly at: string;
}

/** What became of an edit at a target. */
export interface TargetEdit {
  readonly postId: string;
  readonly target: string;
  readonly revision: number;
  /** Why the target has the text of before; null where it was edited. */
  readonly reason: string | null;
}

/** What came of it so far. */
export interface Edited {
  /** Why nothing was done, in one clause; null where the post says what was asked for. */
  readonly refused: string | null;
  /** The post's. */
  readonly revision: number;
}

/** The answer of the query `status`; null until the page is edited. */
export const editStatusQuery = { type: 'query', name: 'status' } as QueryDefinition<Edited | null>;
