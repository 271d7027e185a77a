import { assetNumber } from '../../contract/ids.js';
import { NEEDS_CONFIRMATION } from '../../contract/money/spend.js';
import { seeksSlot } from './state/claim.js';
import {
  clearError,
  closeGate,
  endBy,
  enterStatus,
  nextRevision,
  openGate,
  passGate,
  schedulePost,
  unblock,
} from './state/decisions.js';
import { failedTargets, retryTargets } from './state/out.js';
import type { Decision } from './read-decision.js';
import { stepsToRedo } from './state/rows.js';
import type { Post } from './state/state.js';
import { nextTask, statusFor } from './task.js';
import { withOwnText, writtenOf } from './texts.js';
import { askForMedia, confirmStep, redoSteps, reopenTargets, replaceHero } from './state/work.js';
import { askForWords, editDraft } from './state/words.js';

/** The post after a decision that counts. What is under way notices by the status. */
export function applyDecision(post: Post, decision: Decision, now: Date): Post {
  const { input, words, decisions } = post;
  const { gates } = input.account.review;
  switch (decision.kind) {
    case 'approve':
      return moveOn({ ...post, decisions: passGate(decisions, decision.publishAt) }, now);
    case 'reschedule':
      return moveOn({ ...post, decisions: schedulePost(decisions, decision.publishAt) }, now);
    case 'reject':
      return { ...post, decisions: endBy(decisions, 'rejected') };
    case 'cancel':
      return { ...post, decisions: endBy(decisions, 'cancelled') };
    case 'revise':
      return moveOn(revise(post, decision), now);
    case 'edit': {
      // A scheduled post goes back to its gate: what was approved is not what it says now.
      const edited = { ...post, words: editDraft(words, decision.changes) };
      const rewritten = { ...edited, words: withOwnText(writtenOf(edited), decision.own) };
      const next = { ...rewritten, decisions: nextRevision(decisions, gates) };
      return moveOn(withPicture(next, decision, now), now);
    }
    case 'resume':
      return resume(post, now);
  }
}

/** What is blocked goes back to where it was; targets that failed are asked once more, also of a post that is out. */
function resume(post: Post, now: Date): Post {
  const { work, decisions, out } = post;
  const retried = {
    ...post,
    out: retryTargets(out, now),
    work: reopenTargets(work, failedTargets(out)),
  };
  if (decisions.status !== 'blocked') return retried;
  // Who resumes a post that waits because its next step is dear has said to pay for it.
  const confirms = decisions.error?.type === NEEDS_CONFIRMATION;
  return {
    ...retried,
    work: confirms ? confirmStep(retried.work) : retried.work,
    decisions: unblock(decisions),
  };
}

/** The picture that an edit names has been stored by the desk; its name has been held against the post. */
function withPicture(post: Post, { hero, by }: Decision & { kind: 'edit' }, now: Date): Post {
  const number = hero === undefined ? null : assetNumber(hero, post.input.id, 'hero');
  if (hero === undefined || number === null) return post;
  const { revision } = post.decisions;
  return { ...post, work: replaceHero(post.work, { asset: hero, number, by }, { revision, now }) };
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
  const isLater = slot === null ? seeksSlot(post) : Date.parse(slot) > now.getTime();
  const ready = enterStatus(post.decisions, isLater ? 'scheduled' : 'publishing');
  const task = nextTask({ ...post, decisions: ready });
  const decisions = enterStatus(ready, statusFor(task));
  return {
    ...post,
    decisions: task?.do === 'wait' ? openGate(decisions, task.gate, now) : closeGate(decisions),
  };
}
