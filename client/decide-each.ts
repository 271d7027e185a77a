import { CopydeskError } from '../contract/errors.js';
import type { ReviewResult } from '../contract/messages.js';

/** What became of a decision on one post. */
export type DecisionResult = ({ readonly id: string } & ReviewResult) | RefusedDecision;

export interface RefusedDecision {
  readonly id: string;
  readonly error: { readonly message: string };
}

const AT_ONCE = 10;

/**
 * Has a decision made on each post. One that refuses does not keep the others from being asked.
 *
 * @param review asks one post
 */
export async function decideEach(
  ids: readonly string[],
  review: (id: string) => Promise<ReviewResult>,
): Promise<DecisionResult[]> {
  const results: DecisionResult[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const page = ids.slice(from, from + AT_ONCE);
    results.push(...(await Promise.all(page.map((id) => decide(id, review)))));
  }
  return results;
}

async function decide(id: string, review: (id: string) => Promise<ReviewResult>): Promise<DecisionResult> {
  try {
    const { status, revision } = await review(id);
    return { id, status, revision };
  } catch (error) {
    if (!(error instanceof CopydeskError)) throw error;
    return { id, error: { message: error.message } };
  }
}
