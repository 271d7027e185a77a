import { allHandlersFinished, CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { PostInput } from '../../contract/batch.js';
import { formatOf } from '../../contract/formats/registry.js';
import { isFinal, type PostState } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import { blockingError } from '../blocked.js';
import { noteReview } from './decide.js';
import { illustrate } from './illustrate.js';
import { listen } from './listen.js';
import { publish } from './publish.js';
import { review } from './review.js';
import { currentStep, newRun, rowOf, type PostRun } from './run.js';
import { postStatus } from './status.js';
import { createTeller, report, type Teller } from './tell.js';
import { write } from './write.js';

/** The story of a post: drafted, illustrated, approved by a person, published. It ends with its status document. */
export async function post(input: PostInput): Promise<PostStatus> {
  const run = newRun(input, new Date().toISOString());
  const teller = createTeller(run);
  const work = new CancellationScope();
  listen(
    run,
    () => isFinal(run.status) && work.cancel(),
    () => teller.note(),
  );

  let cancelledByTemporal: Error | null = null;
  try {
    await work.run(async () => {
      await attempt(run, teller, 'drafting', () => write(run));
      for (const step of formatOf(input.contentFormat).media) {
        const status = step === 'video' ? 'filming' : 'illustrating';
        await attempt(run, teller, status, () => illustrate(run, step));
      }
      await review(run, teller);
      await attempt(run, teller, 'publishing', () => publish(run));
      await teller.enter('published');
    });
  } catch (error) {
    if (!(error instanceof Error) || !isCancellation(error)) throw error;
    if (!isFinal(run.status)) {
      cancelledByTemporal = error;
      cancelFromOutside(run);
    }
    await CancellationScope.nonCancellable(() => end(run, teller));
  }
  await CancellationScope.nonCancellable(async () => {
    await teller.settled();
    await condition(allHandlersFinished);
  });
  if (cancelledByTemporal) throw cancelledByTemporal;
  return postStatus(run);
}

/** Does a step until it works: when it can't go on, the post waits for a person to say `resume`. */
async function attempt(
  run: PostRun,
  teller: Teller,
  status: PostState,
  step: () => Promise<void>,
): Promise<void> {
  if (status !== 'drafting') await teller.enter(status);
  for (;;) {
    try {
      return await step();
    } catch (error) {
      const blocking = isCancellation(error) ? null : blockingError(error);
      if (!blocking) throw error;
      run.error = blocking;
      run.blockedFrom = status;
      const at = currentStep(run);
      if (at) Object.assign(rowOf(run, at), { state: 'failed', note: blocking.message });
      await teller.enter('blocked');
      await condition(() => run.status !== 'blocked' && !isFinal(run.status));
      await teller.tell();
      await report(run);
    }
  }
}

/** Temporal's own cancellation, from its UI or the batch, as a decision on the record. */
function cancelFromOutside(run: PostRun): void {
  const standing = { status: run.status, gate: run.gate, revision: run.revision };
  const entry = {
    decision: 'cancel',
    by: 'temporal',
    note: 'the workflow was cancelled',
    counted: true,
  } as const;
  noteReview(run, entry, standing, new Date());
  Object.assign(run, { status: 'cancelled', gate: null, slot: null });
}

/** What is left to do for a post that will not be published. */
async function end(run: PostRun, teller: Teller): Promise<void> {
  for (const row of run.rows) {
    if (row.state === 'pending' || row.state === 'running') row.state = 'skipped';
  }
  await teller.tell();
}
