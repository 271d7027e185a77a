import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import {
  approveSignal,
  cancelSignal,
  postStatusQuery,
  rejectSignal,
  resumeSignal,
  reviewUpdate,
  type ReviewRequest,
  type ReviewResult,
} from '../../contract/messages.js';
import { apply, noteReview, refusal } from './decide.js';
import { readDecision, type Decision } from './message.js';
import type { PostRun } from './run.js';
import { postStatus } from './status.js';

const KINDS: readonly Decision['kind'][] = ['approve', 'reject', 'cancel', 'resume'];

/**
 * Registers what a post listens to. A bad or late signal never fails a workflow: it is dropped, and noted on the record.
 *
 * @param decided hears of every decision that counted.
 * @param dropped hears of every one that did not.
 */
export function listen(run: PostRun, decided: (decision: Decision) => void, dropped: () => void): void {
  const receive = (kind: Decision['kind'], raw: unknown): void => {
    const now = new Date();
    const standing = { status: run.status, gate: run.gate, revision: run.revision };
    const read = readDecision(kind, raw);
    const problem = 'problem' in read ? read.problem : refusal(standing, read.decision);
    if ('problem' in read || problem !== null) {
      const by = 'problem' in read ? 'unknown' : read.decision.by;
      noteReview(run, { decision: kind, by, note: `dropped: ${problem}`, counted: false }, standing, now);
      return dropped();
    }
    apply(run, read.decision, now);
    noteReview(
      run,
      { decision: kind, by: read.decision.by, note: read.decision.note, counted: true },
      standing,
      now,
    );
    decided(read.decision);
  };

  setHandler(postStatusQuery, () => postStatus(run), {
    description: 'The post as it stands: text, pipeline, costs, decisions',
  });
  setHandler(approveSignal, (raw) => receive('approve', raw), {
    description:
      'Approve for the open gate. { "by": "you", "revision"?: 1, "gate"?: "publish", "note"?: "…", "publishAt"?: "2026-12-01T09:00:00Z" }',
  });
  setHandler(rejectSignal, (raw) => receive('reject', raw), {
    description: 'Reject; the post is never published. { "by": "you", "reason": "…" }',
  });
  setHandler(cancelSignal, (raw) => receive('cancel', raw), {
    description: 'Stop the post wherever it is, before it is published. { "by": "you", "reason"?: "…" }',
  });
  setHandler(resumeSignal, (raw) => receive('resume', raw), {
    description: 'Try the step again that the post is blocked at. { "by": "you", "note"?: "…" }',
  });
  setHandler(
    reviewUpdate,
    (request): ReviewResult => {
      receive(request.decision, request);
      return { status: run.status, revision: run.revision };
    },
    {
      description:
        'A decision that answers or is refused with the reason. { "decision": "approve", "by": "you", … }',
      validator: (request) => refuseUpdate(run, request),
    },
  );
}

/** @throws ApplicationFailure with the reason: the update is refused and leaves no trace in history */
function refuseUpdate(run: PostRun, request: ReviewRequest): void {
  const kind = KINDS.find((candidate) => candidate === (request as ReviewRequest | null)?.decision);
  const read = kind
    ? readDecision(kind, request)
    : { problem: `decision must be one of ${KINDS.join(', ')}` };
  const problem = 'problem' in read ? read.problem : refusal(run, read.decision);
  if (problem !== null) throw ApplicationFailure.nonRetryable(problem, 'Review.Refused');
}
