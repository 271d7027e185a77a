import { isFinal } from '../../contract/states.js';
import type { DecisionKind, PostState } from '../../contract/states.js';

/** What a person can decide on a post as it is; the workflow has the last word. */
export function possibleDecisions({
  status,
  error,
}: {
  readonly status: PostState;
  readonly error: unknown;
}): ReadonlySet<DecisionKind> {
  switch (status) {
    case 'awaiting_approval':
      return new Set(['approve', 'revise', 'reject', 'edit', 'cancel']);
    case 'scheduled':
      return new Set(['reschedule', 'revise', 'reject', 'edit', 'cancel']);
    case 'blocked':
      return new Set(['resume', 'revise', 'reject', 'cancel']);
    case 'published':
    case 'publishing':
      // A target that failed is tried again; the others have the post, or are still tried.
      return new Set(error ? ['resume'] : []);
    default:
      return new Set(isFinal(status) ? [] : ['cancel']);
  }
}
