import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
} from '@temporalio/workflow';
import type { PostInput } from '../../contract/batch.js';
import type { PostReport } from '../../contract/messages.js';
import { isFinal, type PostState } from '../../contract/states.js';
import { blockingError } from '../blocked.js';
import { carryOver, isDue, takeOver, type Carried } from './carry-over.js';
import { cleanUp } from './clean-up.js';
import { waitAtGate } from './gate.js';
import { illustrate } from './illustrate.js';
import { listen } from './listen.js';
import { publish } from './publish.js';
import { noteReview } from './review-log.js';
import { currentStep, newRun, rowOf, type PostRun } from './run.js';
import { waitForSlot } from './slot.js';
import { postReport } from './status.js';
import { nextTask, type Task } from './task.js';
import { createTeller, type Teller } from './tell.js';
import { write } from './write.js';

/**
 * The story of a post: drafted, illustrated, approved by a person, published. It ends with its last report.
 *
 * @param carried what the run before left, where the post has continued as new.
 */
export async function post(input: PostInput, carried?: Carried): Promise<PostReport> {
  const run = carried ? takeOver(input, carried) : newRun(input, new Date().toISOString());
  const teller = createTeller(run);
  const work = new CancellationScope();
  listen(run, { decided: () => isFinal(run.status) && work.cancel(), dropped: () => teller.show() });
  // The archive may not have all that the run before knew, and a rebuild may find no other run than this.
  if (carried) teller.note();

  let cancelledByTemporal: Error | null = null;
  try {
    await work.run(async () => {
      for (let task = nextTask(run); task; task = nextTask(run)) {
        if (isDue(teller)) await carryOver(run);
        await carryOut(run, teller, task);
      }
    });
  } catch (error) {
    if (!(error instanceof Error) || !isCancellation(error)) throw error;
    if (!isFinal(run.status)) {
      cancelledByTemporal = error;
      cancelFromOutside(run);
    }
    await CancellationScope.nonCancellable(async () => {
      await cleanUp(run, () => teller.note());
      teller.tellEnd();
    });
  }
  await CancellationScope.nonCancellable(async () => {
    await teller.settled();
    await condition(allHandlersFinished);
  });
  if (cancelledByTemporal) throw cancelledByTemporal;
  return postReport(run);
}

function carryOut(run: PostRun, teller: Teller, task: Task): Promise<void> {
  switch (task.do) {
    case 'write':
      return attempt(run, teller, 'drafting', () => write(run));
    case 'illustrate':
      return attempt(run, teller, task.step === 'video' ? 'filming' : 'illustrating', () =>
        illustrate(run, task.step),
      );
    case 'wait':
      return waitAtGate(run, teller, task.gate);
    case 'wait-for-resume':
      return waitForResume(run, teller);
    case 'wait-for-slot':
      return waitForSlot(run, teller);
    case 'publish':
      return attempt(run, teller, 'publishing', async () => {
        await publish(run);
        teller.enter('published');
      });
  }
}

/** Tries a step. When it can't go on, the post is blocked. */
async function attempt(
  run: PostRun,
  teller: Teller,
  status: PostState,
  step: () => Promise<void>,
): Promise<void> {
  teller.enter(status);
  try {
    await step();
  } catch (error) {
    const blocking = isCancellation(error) ? null : blockingError(error);
    if (!blocking) throw error;
    // What was cut off by the post's end is no reason to wait for a person.
    if (isFinal(run.status)) throw new CancelledFailure(`the post is ${run.status}`);
    run.error = blocking;
    run.blockedFrom = status;
    const at = currentStep(run);
    if (at) Object.assign(rowOf(run, at), { state: 'failed', note: blocking.message });
    run.status = 'blocked';
  }
}

/** Waits for a person to resume, which tries the step again, or to revise; or until it is time to continue as new. */
async function waitForResume(run: PostRun, teller: Teller): Promise<void> {
  teller.enter('blocked');
  await condition(() => run.status !== 'blocked' || isDue(teller));
  if (run.status !== 'blocked' && !isFinal(run.status)) teller.report();
}

/** Temporal's own cancellation, from its UI or the batch, as a decision on the record. */
function cancelFromOutside(run: PostRun): void {
  const { revision, opening } = run;
  const entry = {
    decision: 'cancel',
    by: 'temporal',
    note: 'the workflow was cancelled',
    counted: true,
  } as const;
  noteReview(run, entry, { revision, gate: opening?.gate ?? null }, new Date());
  Object.assign(run, { status: 'cancelled', opening: null, slot: null });
}
