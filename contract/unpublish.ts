import type { QueryDefinition } from '@temporalio/common';
import type { PostState } from './states.js';
import type { Publication } from './status.js';

/** The workflow that takes a published post back: each target is asked to delete it, and the record says so. */
export const UNPUBLISH_WORKFLOW = 'unpublish';
export const unpublishWorkflowId = (postId: string): string => `unpublish/${postId}`;

export interface UnpublishInput {
  readonly postId: string;
  readonly by: string;
  readonly reason: string | null;
}

/** A post that is taken back, as its record notes it. */
export interface Unpublication extends UnpublishInput {
  /** When, ISO 8601. */
  readonly at: string;
}

/** What a target made of being asked to delete a publication. */
export interface Removal {
  readonly target: string;
  /** When it was gone, ISO 8601; null where the target keeps it. */
  readonly removedAt: string | null;
  /** Why the target keeps it; null where it is gone. */
  readonly reason: string | null;
}

/** What came of it so far. */
export interface Unpublished {
  /** Of the post; null where the archive has none. */
  readonly status: PostState | null;
  /** Why nothing was done, in one clause; null where the post is taken back. */
  readonly refused: string | null;
  readonly publications: readonly Publication[];
}

/** The answer of the query `status`; null until the archive has been asked. */
export const unpublishStatusQuery = { type: 'query', name: 'status' } as QueryDefinition<Unpublished | null>;
