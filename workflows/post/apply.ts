import { NEEDS_CONFIRMATION } from '../../contract/money/budget.js';
import type { PostState } from '../../contract/states.js';
import type { Decision } from './message.js';
import { openGate } from './opening.js';
import { redoneBy } from './redo.js';
import { currentStep, redoSteps, type PostRun } from './run.js';
import { nextTask, type Task } from './task.js';

/** Carries out a decision that counts. What is under way notices by the status. */
export function apply(run: PostRun, decision: Decision, now: Date): void {
  switch (decision.kind) {
    case 'approve': {
      const { publishAt } = decision;
      if (run.opening) run.passed = [...run.passed, run.opening.gate];
      if (publishAt !== null) run.slot = slotOf(publishAt);
      return moveOn(run, now);
    }
    case 'reject':
      return end(run, 'rejected');
    case 'cancel':
      return end(run, 'cancelled');
    case 'revise': {
      const { redo, note } = decision;
      nextRevision(run);
      redoSteps(run, redoneBy(run.input.contentFormat, redo));
      const rewritten = redo === 'text' || redo === 'all';
      // New words bring prompts of their own; a picture alone is asked for in the person's words.
      run.instructions = rewritten ? { text: note, media: null } : { text: null, media: note };
      run.error = null;
      return moveOn(run, now);
    }
    case 'edit':
      nextRevision(run);
      if (run.draft) run.draft = { ...run.draft, ...decision.changes };
      // A scheduled post goes back to its gate: what was approved is not what it says now.
      return moveOn(run, now);
    case 'resume':
      confirmStep(run);
      run.status = run.blockedFrom ?? 'drafting';
      run.error = null;
  }
}

/** Who resumes a post that waits because its next step is dear has said to pay for it. */
function confirmStep(run: PostRun): void {
  const step = currentStep(run);
  if (run.error?.type !== NEEDS_CONFIRMATION) return;
  if (step === 'draft' || step === 'hero_image' || step === 'video')
    run.confirmed = [...new Set([...run.confirmed, step])];
}

/** `now` beats a slot, and without slots of an account the next free one is now. */
const slotOf = (publishAt: string): string | null =>
  publishAt === 'now' || publishAt === 'next' ? null : new Date(publishAt).toISOString();

/** Approvals are for a revision, so a new one has none. The time stays where nobody is asked again before it. */
function nextRevision(run: PostRun): void {
  run.revision += 1;
  run.passed = [];
  if (run.input.account.review.gates.includes('publish')) run.slot = null;
}

/**
 * Goes to the state that goes with what the post does next. Where that is to wait for a person, the gate is open from now
 * on: what a decision is held against must not depend on whether the workflow had a turn in between.
 */
function moveOn(run: PostRun, now: Date): void {
  const later = run.slot !== null && Date.parse(run.slot) > now.getTime();
  const task = nextTask({ ...run, status: later ? 'scheduled' : 'publishing' });
  run.status = stateFor(task);
  if (task?.do === 'wait') openGate(run, task.gate, now);
  else run.opening = null;
}

/** The state of a post that does this. */
function stateFor(task: Task | null): PostState {
  switch (task?.do) {
    case 'write':
      return 'drafting';
    case 'illustrate':
      return task.step === 'video' ? 'filming' : 'illustrating';
    case 'wait':
      return 'awaiting_approval';
    case 'wait-for-slot':
      return 'scheduled';
    default:
      return 'publishing';
  }
}

function end(run: PostRun, status: 'rejected' | 'cancelled'): void {
  Object.assign(run, { status, opening: null, slot: null });
}
