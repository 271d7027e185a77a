import type { DecisionKind } from '../../contract/states.js';
import type { ReviewEntry } from '../../contract/status.js';
import type { Standing } from './decide.js';
import type { PostRun } from './run.js';

/** The most decisions that a record keeps; a flood of signals must not fill the history of a post. */
export const LONGEST_REVIEW = 200;

/** Notes a decision on the record, with what it was held against: counted, or dropped with why. */
export function noteReview(
  run: PostRun,
  entry: { decision: DecisionKind; by: string; note: string | null; counted: boolean },
  standing: Pick<Standing, 'revision' | 'gate'>,
  now: Date,
): void {
  if (run.review.length >= LONGEST_REVIEW && !entry.counted) return;
  const row: ReviewEntry = {
    ...entry,
    revision: standing.revision,
    gate: standing.gate,
    at: now.toISOString(),
  };
  run.review.push(row);
}
