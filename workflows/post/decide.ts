import { isFinal, type DecisionKind, type Gate, type PostState } from '../../contract/states.js';
import type { ReviewEntry } from '../../contract/status.js';
import type { Decision } from './message.js';
import type { PostRun } from './run.js';

/** What a decision is held against. */
export interface Standing {
  readonly status: PostState;
  readonly gate: Gate | null;
  readonly revision: number;
}

/** Why a decision does not count, in one clause; null when it does. */
export function refusal(standing: Standing, decision: Decision): string | null {
  const { status } = standing;
  if (isFinal(status)) return `the post is already ${status}`;
  if (status === 'publishing') return 'the post is being published';
  switch (decision.kind) {
    case 'approve':
      return approvalRefusal(standing, decision);
    case 'reject':
      if (status === 'awaiting_approval' || status === 'scheduled' || status === 'blocked') return null;
      return `there is nothing to reject yet: the post is ${status}; cancel stops it`;
    case 'cancel':
      return null;
    case 'resume':
      return status === 'blocked' ? null : `the post is not blocked but ${status}`;
  }
}

function approvalRefusal(standing: Standing, decision: Decision & { kind: 'approve' }): string | null {
  const { status, gate, revision } = standing;
  if (gate === null || status !== 'awaiting_approval') return `no gate is open: the post is ${status}`;
  if (decision.gate !== null && decision.gate !== gate) {
    return `the approval is for gate ${decision.gate}, the open gate is ${gate}`;
  }
  if (decision.revision !== null && decision.revision !== revision) {
    return `the approval is for revision ${decision.revision}, the post is at revision ${revision}`;
  }
  return null;
}

/** Carries out a decision that counts. What is under way notices by the status. */
export function apply(run: PostRun, decision: Decision, now: Date): void {
  switch (decision.kind) {
    case 'approve': {
      const later = decision.publishAt !== null && Date.parse(decision.publishAt) > now.getTime();
      run.slot = later ? new Date(decision.publishAt).toISOString() : null;
      run.status = later ? 'scheduled' : 'publishing';
      run.gate = null;
      return;
    }
    case 'reject':
      return end(run, 'rejected');
    case 'cancel':
      return end(run, 'cancelled');
    case 'resume':
      run.status = run.blockedFrom ?? 'drafting';
      run.error = null;
  }
}

function end(run: PostRun, status: 'rejected' | 'cancelled'): void {
  run.status = status;
  run.gate = null;
  run.slot = null;
}

/** The most decisions that a record keeps; a flood of signals must not fill the history of a post. */
export const LONGEST_REVIEW = 200;

/** Notes a decision on the record: counted, or dropped with why. */
export function noteReview(
  run: PostRun,
  entry: { decision: DecisionKind; by: string; note: string | null; counted: boolean },
  standing: Standing,
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
