import type { QueryDefinition } from '@temporalio/common';

/** The workflow that writes the record of batches and posts anew, from what Temporal still knows of them. */
export const REBUILD_WORKFLOW = 'rebuild';
export const rebuildWorkflowId = (id: string): string => `rebuild/${id}`;

/** A batch or post whose record could not be read or written, and why. */
export interface Skipped {
  /** Its workflow id, such as `post/UpkTZ26nc9Eb`. */
  readonly id: string;
  readonly reason: string;
}

/** What was found and is in the archive now; what had been there stays and counts as well. */
export interface Rebuilt {
  readonly batches: number;
  readonly posts: number;
  readonly publications: number;
  readonly skipped: readonly Skipped[];
}

/** The answer of the query `status`, while it runs and after. */
export const rebuildStatusQuery = { type: 'query', name: 'status' } as QueryDefinition<Rebuilt>;
