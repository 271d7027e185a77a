import { formatOf } from '../../contract/formats/registry.js';
import { isFinal, type Gate, type PostState } from '../../contract/states.js';
import { capacityOf, type Capacity } from './capacity.js';
import type { Decision } from './read-decision.js';
import { stepsToRedo } from './redo.js';
import type { Post } from './state.js';
import { pendingJobs } from './work.js';

/** What a decision is held against. */
export interface Standing {
  readonly status: PostState;
  readonly gate: Gate | null;
  readonly revision: number;
  readonly contentFormat: string;
  /** Whether a job that fal has accepted is still to be collected. */
  readonly jobPending: boolean;
  /** What its record has room for. */
  readonly capacity: Capacity;
}

export const standingOf = (post: Post): Standing => ({
  status: post.decisions.status,
  gate: post.decisions.opening?.gate ?? null,
  revision: post.decisions.revision,
  contentFormat: post.input.contentFormat,
  jobPending: post.work.lostSubmit?.lookedUntil === null || pendingJobs(post.work).length > 0,
  capacity: capacityOf(post),
});

const REJECTABLE: readonly PostState[] = ['awaiting_approval', 'scheduled', 'blocked'];
const EDITABLE: readonly PostState[] = ['awaiting_approval', 'scheduled'];

/** Why a decision does not count, in one clause; null when it does. */
export function refusal(standing: Standing, decision: Decision): string | null {
  const { status } = standing;
  if (isFinal(status)) return `the post is already ${status}`;
  if (status === 'publishing') return 'the post is being published';
  switch (decision.kind) {
    case 'approve':
      return approvalRefusal(standing, decision);
    case 'reject':
      if (REJECTABLE.includes(status)) return null;
      return `there is nothing to reject yet: the post is ${status}; cancel stops it`;
    case 'revise':
      return revisionRefusal(standing, decision);
    case 'edit':
      return editRefusal(standing, decision);
    case 'cancel':
      return null;
    case 'resume':
      if (status !== 'blocked') return `the post is not blocked but ${status}`;
      return standing.capacity.toResume
        ? null
        : 'its record is full, it has been paid for so often; cancel it';
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

function revisionRefusal(standing: Standing, { redo }: Decision & { kind: 'revise' }): string | null {
  const { status, contentFormat, jobPending, capacity } = standing;
  if (!REJECTABLE.includes(status)) return `there is nothing to revise yet: the post is ${status}`;
  if (!capacity.toRevise)
    return 'its record is full, it has been made again so often; edit, approve or cancel it';
  if (redo === 'video' && !formatOf(contentFormat).media.includes('video'))
    return `a ${contentFormat} has no video`;
  // What fal has accepted has been paid for; it is collected before anything is paid again.
  if (jobPending && stepsToRedo(contentFormat, redo).some((step) => step !== 'draft')) {
    return 'a picture or clip that was paid for is still to be collected; resume first';
  }
  return null;
}

function editRefusal(
  { status, contentFormat }: Standing,
  { changes }: Decision & { kind: 'edit' },
): string | null {
  if (!EDITABLE.includes(status)) return `there is nothing to edit yet: the post is ${status}`;
  if (changes.body !== undefined && !formatOf(contentFormat).hasBody) return `a ${contentFormat} has no body`;
  return null;
}
