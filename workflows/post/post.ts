import { allHandlersFinished, CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { PostInput } from '../../contract/batch.js';
import type { PostReport } from '../../contract/messages.js';
import { isFinal } from '../../contract/states.js';
import { createCell, partOf, type Cell } from '../cell.js';
import { carryOver, isPostDue } from './carry-over.js';
import { owesSlot } from './state/claim.js';
import { cleanUp, leavesWork } from './clean-up.js';
import { endBy, noteDecision, type Decisions } from './state/decisions.js';
import { isLost, lookForLost } from './last-look.js';
import { listenToPost } from './listen.js';
import { createPostReporter, type PostReporter } from './reporter.js';
import { spendOf, newPost, type CarriedPost, type Post } from './state/state.js';
import { postReport } from './status.js';
import { carryOut } from './steps.js';
import { giveBackSlot, givesBackFirst } from './slot.js';
import { nextTask } from './task.js';
import { skipRest } from './state/work.js';

/**
 * The story of a post: drafted, illustrated, approved by a person, published. It ends with its last report.
 *
 * @param carried what the run before left, where the post has continued as new.
 */
export async function post(input: PostInput, carried?: CarriedPost): Promise<PostReport> {
  const state = createCell<Post>(carried ? { ...carried, input } : newPost(input, new Date().toISOString()));
  const isOut = (): boolean => state.value.decisions.status === 'published';
  const hasEnded = (): boolean => isFinal(state.value.decisions.status);
  const reporter = createPostReporter(state);
  const pipeline = new CancellationScope();
  listenToPost(state, {
    // A post that is published ends once nothing is left to do at its targets.
    onDecision: () => (isOut() ? reporter.announceTargets() : hasEnded() && pipeline.cancel()),
    onDrop: () => reporter.showDetails(),
  });
  // The archive may not have all that the run before knew, and a rebuild may find no other run than this.
  if (carried) reporter.saveRecord();

  let cancelledByTemporal: Error | null = null;
  try {
    await pipeline.run(async () => {
      for (let task = nextTask(state.value); task; task = nextTask(state.value)) {
        if (isPostDue(reporter)) await carryOver(state.value);
        if (givesBackFirst(task, state.value)) await giveBackSlot(state);
        else await carryOut(task, state, reporter);
      }
      if (state.value.out.isClosed) await close(state, reporter);
    });
  } catch (error) {
    if (!(error instanceof Error) || !isCancellation(error)) throw error;
    if (isLost(state.value))
      await CancellationScope.nonCancellable(() => lookForLost(state, reporter, '1 minute'));
    if (!hasEnded()) {
      cancelledByTemporal = error;
      partOf(state, 'decisions').change((now) => cancelFromOutside(now, new Date()));
    }
    await CancellationScope.nonCancellable(() => end(state, reporter));
  }
  await CancellationScope.nonCancellable(async () => {
    if (owesSlot(state.value)) await giveBackSlot(state);
    await reporter.settled();
    await condition(allHandlersFinished);
  });
  if (cancelledByTemporal) throw cancelledByTemporal;
  return postReport(state.value);
}

/** Temporal's own cancellation, from its UI or the batch, as a decision on the record. */
function cancelFromOutside(decisions: Decisions, now: Date): Decisions {
  const entry = {
    decision: 'cancel',
    by: 'temporal',
    note: 'the workflow was cancelled',
    counted: true,
  } as const;
  const { revision, opening } = decisions;
  const gate = opening?.gate ?? null;
  return noteDecision(endBy(decisions, 'cancelled'), entry, { revision, gate }, now);
}

/** Ends a post that is published before all its targets have it. */
async function close(post: Cell<Post>, reporter: PostReporter): Promise<void> {
  const mayBeOut = isLost(post.value);
  // The page of a post that is taken back stays so long.
  if (mayBeOut) await lookForLost(post, reporter, '5 seconds');
  partOf(post, 'work').change(skipRest);
  if (mayBeOut) reporter.announceTargets();
  else reporter.saveRecord();
}

/** Ends a post early: what it leaves running is stopped, and what was still to be done is not. */
async function end(post: Cell<Post>, reporter: PostReporter): Promise<void> {
  const work = partOf(post, 'work');
  if (leavesWork(work.value)) {
    reporter.saveRecord();
    await cleanUp(work, (step) => spendOf(post.value, step));
  }
  work.change(skipRest);
  reporter.announce();
}
