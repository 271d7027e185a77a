import { NEEDS_CONFIRMATION } from '../../contract/budget.js';
import type { PostState } from '../../contract/states.js';
import type { Decision } from './message.js';
import { redoneBy } from './redo.js';
import { currentStep, redoSteps, type PostRun } from './run.js';
import { nextTask } from './task.js';

/** Carries out a decision that counts. What is under way notices by the status. */
export function apply(run: PostRun, decision: Decision, now: Date): void {
  switch (decision.kind) {
    case 'approve': {
      if (run.gate) run.passed.add(run.gate);
      const { publishAt } = decision;
      if (publishAt !== null) run.slot = new Date(publishAt).toISOString();
      run.gate = null;
      run.status = stateAhead(run, now);
      return;
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
      run.status = stateAhead(run, now);
      return;
    }
    case 'edit':
      nextRevision(run);
      if (run.draft) run.draft = { ...run.draft, ...decision.changes };
      // A scheduled post goes back to its gate: what was approved is not what it says now.
      run.status = 'awaiting_approval';
      return;
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
  if (step === 'draft' || step === 'hero_image' || step === 'video') run.confirmed.add(step);
}

/** Approvals are for a revision, so a new one has none. */
function nextRevision(run: PostRun): void {
  run.revision += 1;
  run.passed.clear();
  run.slot = null;
}

/** The state that goes with what the post does next. */
export function stateAhead(run: PostRun, now: Date): PostState {
  const later = run.slot !== null && Date.parse(run.slot) > now.getTime();
  const task = nextTask({ ...run, status: later ? 'scheduled' : 'publishing' });
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
  run.status = status;
  run.gate = null;
  run.slot = null;
}
