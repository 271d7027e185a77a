import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import {
  approveSignal,
  cancelSignal,
  editSignal,
  postStatusQuery,
  rejectSignal,
  resumeSignal,
  reviewUpdate,
  reviseSignal,
  type ReviewResult,
} from '../../contract/messages.js';
import { apply } from './apply.js';
import { refusal, standingOf } from './decide.js';
import { DECISION_NAMES, readDecision, type DecisionName } from './message.js';
import { noteReview } from './review-log.js';
import type { PostRun } from './run.js';
import { postStatus } from './status.js';

/** What the Temporal UI says of each signal, with the JSON to type. */
const SIGNALS = {
  approve: [
    approveSignal,
    'Approve for the open gate. {"by":"you"}, and if you like "revision", "gate", "note", "publishAt"',
  ],
  reject: [rejectSignal, 'Reject; the post is never published. {"by":"you","reason":"…"}'],
  revise: [
    reviseSignal,
    'Have it made again. {"by":"you","instructions":"…","redo":"text"|"image"|"video"|"all"}',
  ],
  edit: [
    editSignal,
    'Put your own words in. {"by":"you"} and "title", "body", "caption", "hashtags":["a"] or "altText"',
  ],
  resume: [resumeSignal, 'Try the step again that the post is blocked at. {"by":"you"}'],
  cancel: [cancelSignal, 'Stop the post, before it is published. {"by":"you","reason":"…"}'],
} as const;

/** Who hears of the decisions that reach a post. */
export interface Listener {
  decided(): void;
  /** One was dropped, and the record says so. */
  dropped(): void;
}

/** Registers what a post listens to. A bad or late signal never fails a workflow: it is dropped, and noted on the record. */
export function listen(run: PostRun, listener: Listener): void {
  setHandler(postStatusQuery, () => postStatus(run), {
    description: 'The post as it stands: text, pipeline, costs, decisions',
  });
  for (const name of DECISION_NAMES) {
    const [signal, description] = SIGNALS[name];
    setHandler(signal, (raw: unknown) => receive(run, listener, name, raw), { description });
  }
  setHandler(
    reviewUpdate,
    (request): ReviewResult => {
      receive(run, listener, request.decision, request);
      return { status: run.status, revision: run.revision };
    },
    {
      description:
        'A decision that answers, or is refused with the reason. {"decision":"approve","by":"you"}',
      validator: (request: unknown) => refuseUpdate(run, request),
    },
  );
}

function receive(run: PostRun, listener: Listener, name: DecisionName, raw: unknown): void {
  const now = new Date();
  const standing = standingOf(run);
  const read = readDecision(name, raw);
  const by = 'problem' in read ? 'unknown' : read.decision.by;
  const problem = 'problem' in read ? read.problem : refusal(standing, read.decision);
  if ('problem' in read || problem !== null) {
    const entry = { decision: name, by, note: `dropped: ${problem}`, counted: false };
    if (noteReview(run, entry, standing, now)) listener.dropped();
    return;
  }
  const { note } = read.decision;
  apply(run, read.decision, now);
  noteReview(run, { decision: name, by, note, counted: true }, standing, now);
  listener.decided();
}

/** @throws ApplicationFailure with the reason: the update is refused and leaves no trace in history */
function refuseUpdate(run: PostRun, request: unknown): void {
  const asked = (request as { decision?: unknown } | null)?.decision;
  const name = DECISION_NAMES.find((candidate) => candidate === asked);
  const read = name
    ? readDecision(name, request)
    : { problem: `decision must be one of ${DECISION_NAMES.join(', ')}` };
  const problem = 'problem' in read ? read.problem : refusal(standingOf(run), read.decision);
  if (problem !== null) throw ApplicationFailure.nonRetryable(problem, 'Review.Refused');
}
