import { NEEDS_CONFIRMATION } from '../../contract/money/budget.js';
import {
  clearError,
  closeGate,
  endBy,
  enterStatus,
  nextRevision,
  openGate,
  passGate,
  unblock,
} from './decisions.js';
import type { Decision } from './read-decision.js';
import { stepsToRedo } from './redo.js';
import type { Post } from './state.js';
import { nextTask, statusFor } from './task.js';
import { askForMedia, confirmStep, redoSteps } from './work.js';
import { askForWords, editDraft } from './words.js';

/** The post after a decision that counts. What is under way notices by the status. */
export function applyDecision(post: Post, decision: Decision, now: Date): Post {
  const { input, words, work, decisions } = post;
  const { gates } = input.account.review;
  switch (decision.kind) {
    case 'approve':
      return moveOn({ ...post, decisions: passGate(decisions, decision.publishAt) }, now);
    case 'reject':
      return { ...post, decisions: endBy(decisions, 'rejected') };
    case 'cancel':
      return { ...post, decisions: endBy(decisions, 'cancelled') };
    case 'revise':
      return moveOn(revise(post, decision), now);
    case 'edit': {
      // A scheduled post goes back to its gate: what was approved is not what it says now.
      const edited = { words: editDraft(words, decision.changes), decisions: nextRevision(decisions, gates) };
      return moveOn({ ...post, ...edited }, now);
    }
    case 'resume': {
      // Who resumes a post that waits because its next step is dear has said to pay for it.
      const confirms = decisions.error?.type === NEEDS_CONFIRMATION;
      return { ...post, work: confirms ? confirmStep(work) : work, decisions: unblock(decisions) };
    }
  }
}

function revise(post: Post, { redo, note }: Decision & { kind: 'revise' }): Post {
  const { input, words, work } = post;
  const decisions = clearError(nextRevision(post.decisions, input.account.review.gates));
  const redone = redoSteps(work, stepsToRedo(input.contentFormat, redo), decisions.revision);
  // New words bring prompts of their own; a picture alone is asked for in the person's words.
  const rewrites = redo === 'text' || redo === 'all';
  return {
    ...post,
    decisions,
    words: askForWords(words, rewrites ? note : null),
    work: askForMedia(redone, rewrites ? null : note),
  };
}

/**
 * Goes to the state that goes with what the post does next. Where that is to wait for a person, the gate is open from now
 * on: what a decision is held against must not depend on whether the workflow had a turn in between.
 */
function moveOn(post: Post, now: Date): Post {
  const { slot } = post.decisions;
  const isLater = slot !== null && Date.parse(slot) > now.getTime();
  const ready = enterStatus(post.decisions, isLater ? 'scheduled' : 'publishing');
  const task = nextTask({ ...post, decisions: ready });
  const decisions = enterStatus(ready, statusFor(task));
  return {
    ...post,
    decisions: task?.do === 'wait' ? openGate(decisions, task.gate, now) : closeGate(decisions),
  };
}
