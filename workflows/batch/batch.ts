import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { BatchInput } from '../../contract/batch.js';
import type { Charge } from '../../contract/charge.js';
import { isFinal } from '../../contract/states.js';
import type { BatchStatus } from '../../contract/status.js';
import { archive, watch } from '../activities.js';
import { blockingError } from '../blocked.js';
import { agree } from '../charges.js';
import { createRecorder, type Recorder } from '../recorder.js';
import { batchDetails } from './details.js';
import { listenToBatch } from './listen.js';
import { planPage } from './plan.js';
import { cancelPosts, passOn, resumeOverBudget } from './reach.js';
import {
  allFinal,
  newBatch,
  nextPage,
  roomIn,
  statusOf,
  takeShare,
  type BatchRun,
  type Page,
} from './run.js';
import { startPosts } from './start.js';
import { batchStatus } from './status.js';

/** How many posts of a batch are at work at a time; fal runs at most 40 jobs of an account at once. */
const WINDOW = 30;
/** How many posts an approval is passed on to in one turn: a run may have to continue as new between two. */
const SHARE = 25;
/** How long a cancelled batch waits for its posts to say that they have cleaned up. */
const FAREWELL = '15 minutes';

/** The story of a batch: planned page by page, its posts started through a window, heard until the last has ended. */
export async function batch(input: BatchInput, carried?: BatchRun): Promise<BatchStatus> {
  const run = carried ?? newBatch(input, new Date().toISOString());
  listenToBatch(run);
  const recorder = createRecorder(() => {
    const recorded = record(run);
    // Beside the recorder, not within it: one turn more there would reorder the steps of runs that are under way.
    void recorded.then(
      (stored) => agree(run.pages, stored) && recorder.note(),
      () => undefined,
    );
    return recorded;
  });
  const tell = (): void => {
    setCurrentDetails(batchDetails(run));
    // Each post records itself; the batch's own record is its plan, what blocks it, and its end.
    if (run.status !== 'running' || run.pages.length === 1) recorder.note();
  };
  if (carried) setCurrentDetails(batchDetails(run));
  else tell();
  try {
    await goOn(run, recorder, tell);
    run.status = 'done';
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(() => cancelled(run, recorder, tell));
    throw error;
  }
  // A last word on the budget may come while the end is being written down.
  for (let written = -1; written !== run.budget;) {
    written = run.budget;
    tell();
    await recorder.settled();
  }
  await condition(allHandlersFinished);
  return batchStatus(run);
}

/** Plans, starts and listens until every post has ended. Each turn does what can be done now, then waits for news. */
async function goOn(run: BatchRun, recorder: Recorder, tell: () => void): Promise<void> {
  for (;;) {
    if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('the batch is cancelled');
    const { heard } = run;
    if (run.budgetUntold) await tellBudget(run, recorder);
    await passOnWords(run);
    const page = run.queue.length === 0 ? nextPage(run) : null;
    if (!page && run.queue.length === 0 && allFinal(run)) return;
    if (workflowInfo().continueAsNewSuggested) await carryOver(run, recorder);
    if (run.approvals.length > 0) continue;
    const room = run.paused || run.status === 'blocked' ? 0 : roomIn(run, run.input.window ?? WINDOW);
    if (page && room > 0) {
      await planOrBlock(run, page, tell);
      continue;
    }
    if (run.queue.length > 0 && room > 0) {
      await startPosts(run, room);
      run.status = statusOf(run);
      tell();
      continue;
    }
    const news = (): boolean =>
      run.approvals.length > 0 || run.resumed || Boolean(run.budgetUntold) || run.heard !== heard;
    if (!(await condition(news, '1 day', { summary: 'Wait for news of posts' })))
      await lookAfterSilentPosts(run);
    setCurrentDetails(batchDetails(run));
  }
}

/** Plans a page. When that can't go on, the batch is blocked until a person resumes it; its posts go on. */
async function planOrBlock(run: BatchRun, page: Page, tell: () => void): Promise<void> {
  try {
    await planPage(run, page);
  } catch (error) {
    const blocking = isCancellation(error) ? null : blockingError(error);
    if (!blocking) throw error;
    run.error = blocking;
    run.status = 'blocked';
    const row = run.pages[page.page - 1];
    if (row) Object.assign(row, { state: 'failed', note: blocking.message });
    tell();
  }
}

/** The paid steps ask the archive what they may spend, so it hears of a new budget before any post goes on. */
async function tellBudget(run: BatchRun, recorder: Recorder): Promise<void> {
  run.budgetUntold = false;
  recorder.note();
  await recorder.settled();
}

/** Tells the posts what people told the batch, a share of them a turn. */
async function passOnWords(run: BatchRun): Promise<void> {
  const share = takeShare(run.approvals, SHARE);
  if (share) await passOn(share);
  if (!run.resumed) return;
  run.resumed = false;
  await resumeOverBudget(run);
}

/** A terminated post sends no word, so once a day the batch looks. */
async function lookAfterSilentPosts(run: BatchRun): Promise<void> {
  const postIds = run.posts.filter((post) => !isFinal(post.status)).map((post) => post.id);
  for (const { id, ended } of await watch.lookAfter.executeWithOptions(
    { summary: 'Look after silent posts' },
    [{ postIds }],
  )) {
    const index = run.posts.findIndex((post) => post.id === id);
    const post = run.posts[index];
    if (ended === 'running' || !post || isFinal(post.status)) continue;
    const error = {
      type: 'Post.Ended',
      message: `the post's workflow is ${ended} and sent no word`,
      requestId: null,
    };
    run.posts[index] = { ...post, status: 'failed', error };
  }
}

async function carryOver(run: BatchRun, recorder: Recorder): Promise<never> {
  await recorder.settled();
  await condition(allHandlersFinished);
  return continueAsNew<typeof batch>(run.input, run);
}

async function cancelled(run: BatchRun, recorder: Recorder, tell: () => void): Promise<void> {
  run.status = 'cancelled';
  run.queue.length = 0;
  await cancelPosts(run);
  await condition(() => allFinal(run), FAREWELL, { summary: 'Wait for the posts to clean up' });
  tell();
  await recorder.settled();
}

const record = (run: BatchRun): Promise<readonly Charge[]> =>
  CancellationScope.nonCancellable(() =>
    archive.recordBatch.executeWithOptions({ summary: `record: ${run.status}` }, [
      {
        sequence: (run.recorded += 1),
        status: batchStatus(run),
        account: run.input.account,
        charges: run.pages.flatMap((row) => row.charges),
        monthBudget: run.monthBudget ?? null,
      },
    ]),
  );
