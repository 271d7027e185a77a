import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
} from '@temporalio/workflow';
import type { PostInput } from '../../contract/batch.js';
import { isFinal, type PostState } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import { blockingError } from '../blocked.js';
import { cleanUp } from './clean-up.js';
import { waitAtGate } from './gate.js';
import { illustrate } from './illustrate.js';
import { listen } from './listen.js';
import { noteReview } from './note-review.js';
import { publish } from './publish.js';
import { currentStep, newRun, rowOf, type PostRun } from './run.js';
import { waitForSlot } from './slot.js';
import { postStatus } from './status.js';
import { nextTask, type Task } from './task.js';
import { createTeller, report, type Teller } from './tell.js';
import { write } from './write.js';

/** The story of a post: drafted, illustrated, approved by a person, published. It ends with its status document. */
export async function post(input: PostInput): Promise<PostStatus> {
  const run = newRun(input, new Date().toISOString());
  const teller = createTeller(run);
  const work = new CancellationScope();
  listen(run, { decided: () => isFinal(run.status) && work.cancel(), dropped: () => teller.note() });

  let cancelledByTemporal: Error | null = null;
  try {
    await work.run(async () => {
      for (let task = nextTask(run); task; task = nextTask(run)) await carryOut(run, teller, task);
    });
  } catch (error) {
    if (!(error instanceof Error) || !isCancellation(error)) throw error;
    if (!isFinal(run.status)) {
      cancelledByTemporal = error;
      cancelFromOutside(run);
    }
    await CancellationScope.nonCancellable(async () => {
      await cleanUp(run, () => teller.note());
      await teller.tellEnd();
    });
  }
  await CancellationScope.nonCancellable(async () => {
    await teller.settled();
    await condition(allHandlersFinished);
  });
  if (cancelledByTemporal) throw cancelledByTemporal;
  return postStatus(run);
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
    case 'wait-for-slot':
      return waitForSlot(run, teller);
    case 'publish':
      return attempt(run, teller, 'publishing', async () => {
        await publish(run);
        await teller.enter('published');
      });
  }
}

/** Tries a step. When it can't go on, the post waits for a person: to resume, which tries it again, or to revise. */
async function attempt(
  run: PostRun,
  teller: Teller,
  status: PostState,
  step: () => Promise<void>,
): Promise<void> {
  await teller.enter(status);
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
    await teller.enter('blocked');
    await condition(() => run.status !== 'blocked' && !isFinal(run.status));
    await report(run);
  }
}

/** Temporal's own cancellation, from its UI or the batch, as a decision on the record. */
function cancelFromOutside(run: PostRun): void {
  const { revision, gate } = run;
  const entry = {
    decision: 'cancel',
    by: 'temporal',
    note: 'the workflow was cancelled',
    counted: true,
  } as const;
  noteReview(run, entry, { revision, gate }, new Date());
  Object.assign(run, { status: 'cancelled', gate: null, slot: null });
}
