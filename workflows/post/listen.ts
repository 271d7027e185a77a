import { ApplicationFailure, patched, setHandler } from '@temporalio/workflow';
import {
  approveSignal,
  cancelSignal,
  editSignal,
  postStatusQuery,
  rejectSignal,
  rescheduleSignal,
  resumeSignal,
  reviewUpdate,
  unpublishingSignal,
  reviseSignal,
  type ReviewResult,
} from '../../contract/messages.js';
import { DECISION_NAMES } from '../../contract/states.js';
import { pastTimeProblem } from '../../contract/time.js';
import { partOf, type Cell } from '../cell.js';
import { applyDecision } from './apply-decision.js';
import { noteDecision } from './state/decisions.js';
import { closeOut } from './state/out.js';
import { readDecision, type Decision, type DecisionName } from './read-decision.js';
import { refusal, standingOf } from './dropped-decision.js';
import type { Post } from './state/state.js';
import { postStatus, keepRevision } from './status.js';

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
    'Put your own words in. {"by":"you"} and "title", "body", "caption", "hashtags":["a"] or "altText"; "target" and "text" for one target alone; "hero" for a picture',
  ],
  resume: [resumeSignal, 'Try again what failed: a step, or a target of a published post. {"by":"you"}'],
  reschedule: [
    rescheduleSignal,
    'Another time, while it is scheduled. {"by":"you","publishAt":"2027-01-31T09:00:00+01:00"|"now"|"next"}',
  ],
  cancel: [cancelSignal, 'Stop the post, before it is published. {"by":"you","reason":"…"}'],
} as const;

/** Who hears of the decisions that reach a post. */
export interface Listener {
  onDecision(): void;
  /** One was dropped, and the record says so. */
  onDrop(): void;
}

/** Registers what a post listens to. A bad or late signal never fails a workflow: it is dropped, and noted on the record. */
export function listenToPost(post: Cell<Post>, listener: Listener): void {
  setHandler(postStatusQuery, () => postStatus(post.value), {
    description: 'The post as it stands: text, pipeline, costs, decisions',
  });
  for (const name of DECISION_NAMES) {
    const [signal, description] = SIGNALS[name];
    setHandler(signal, (raw: unknown) => receive(post, listener, name, raw), { description });
  }
  setHandler(
    unpublishingSignal,
    () => {
      if (post.value.decisions.status === 'published') partOf(post, 'out').change(closeOut);
    },
    { description: 'Sent by the workflow that edits the post or takes it back; not for people' },
  );
  setHandler(
    reviewUpdate,
    (request): ReviewResult => {
      receive(post, listener, request.decision, request);
      const { status, revision } = post.value.decisions;
      return { status, revision };
    },
    {
      description:
        'A decision that answers, or is refused with the reason. {"decision":"approve","by":"you"}',
      validator: (request: unknown) => refuseUpdate(post.value, request),
    },
  );
}

function receive(post: Cell<Post>, listener: Listener, name: DecisionName, raw: unknown): void {
  const now = new Date();
  const decisions = partOf(post, 'decisions');
  const standing = standingOf(post.value);
  const read = readDecision(name, raw);
  const by = 'problem' in read ? 'unknown' : read.decision.by;
  const problem =
    'problem' in read
      ? read.problem
      : (refusal(standing, read.decision) ?? droppedTimeProblem(read.decision, now));
  if ('problem' in read || problem !== null) {
    const entry = { decision: name, by, note: `dropped: ${problem}`, counted: false };
    const before = decisions.value;
    decisions.change((noted) => noteDecision(noted, entry, standing, now));
    if (decisions.value !== before) listener.onDrop();
    return;
  }
  const { decision } = read;
  post.change((before) => applyDecision(before, decision, now));
  const entry = { decision: name, by, note: decision.note, counted: true };
  decisions.change((noted) => noteDecision(noted, entry, standing, now));
  if (decision.kind === 'edit') post.change(keepRevision);
  listener.onDecision();
}

/** @throws ApplicationFailure with the reason: the update is refused and leaves no trace in history */
function refuseUpdate(post: Post, request: unknown): void {
  const asked = (request as { decision?: unknown } | null)?.decision;
  const name = DECISION_NAMES.find((candidate) => candidate === asked);
  const read = name
    ? readDecision(name, request)
    : { problem: `decision must be one of ${DECISION_NAMES.join(', ')}` };
  const problem =
    'problem' in read
      ? read.problem
      : (refusal(standingOf(post), read.decision) ?? timeProblem(read.decision, new Date()));
  if (problem !== null) throw ApplicationFailure.nonRetryable(problem, 'Review.Refused');
}

const timeProblem = (decision: Decision, now: Date): string | null =>
  'publishAt' in decision ? pastTimeProblem(decision.publishAt, now) : null;

/** A post that took a time of the past from an earlier version replays what it did then. */
function droppedTimeProblem(decision: Decision, now: Date): string | null {
  const problem = timeProblem(decision, now);
  return problem !== null && patched('past-times-are-dropped') ? problem : null;
}
