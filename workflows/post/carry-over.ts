import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  continueAsNew,
  workflowInfo,
} from '@temporalio/workflow';
import { isFinal } from '../../contract/states.js';
import type { post } from './post.js';
import type { History } from '../history-length.js';
import type { PostReporter } from './reporter.js';
import type { Post } from './state/state.js';

/**
 * A post has some 60 events of its own; more than this are signals. Temporal warns at 10,240 events and 10 MB and ends a
 * workflow at 51,200 events and 50 MB.
 */
const LONG = { events: 2_000 };
/** The next run starts with a record and a report, so what is under way may be left behind where it takes too long. */
const TOO_LONG = { events: 8_000, bytes: 20_000_000 };

/**
 * Whether a post should continue as new.
 *
 * @param busy a record or a report is under way, and is worth waiting for.
 */
export function isTooLong(history: History, busy: boolean): boolean {
  const { historyLength, historySize, continueAsNewSuggested } = history;
  if (historyLength > TOO_LONG.events || historySize > TOO_LONG.bytes) return true;
  return !busy && (continueAsNewSuggested || historyLength > LONG.events);
}

/** Whether this post should continue as new, as soon as its pipeline can be left for a moment. */
export const isPostDue = (reporter: PostReporter): boolean =>
  allHandlersFinished() && isTooLong(workflowInfo(), reporter.isBusy());

/**
 * Ends this run of the workflow and has the next one take over where it stands.
 *
 * Nothing is waited for in here: a decision that arrives meanwhile would be one that the next run does not know of.
 *
 * @throws CancelledFailure when the post has ended, or is cancelled: the next run would not hear of it
 */
export function carryOver({ input, ...carried }: Post): Promise<never> {
  const { status } = carried.decisions;
  // One that is published is carried over for what is left to do at its targets.
  if ((isFinal(status) && status !== 'published') || CancellationScope.current().consideredCancelled)
    throw new CancelledFailure(`the post is ${status}`);
  return continueAsNew<typeof post>(input, carried);
}
