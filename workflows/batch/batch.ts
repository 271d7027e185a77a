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
import type { Charge } from '../../contract/money/charge.js';
import type { BatchStatus } from '../../contract/status.js';
import { archive } from '../activities.js';
import { blockingError } from '../blocked.js';
import { correctCharges } from '../paid/charges.js';
import { createRecorder, type Recorder } from '../recorder.js';
import { takeShare } from './approvals.js';
import { cancelAgain, endBatch } from './cancel.js';
import { batchDetails } from './details.js';
import { listenToBatch } from './listen.js';
import { createLook } from './look.js';
import { takeResuming } from './orders.js';
import { planPage } from './plan.js';
import { approvePosts, resumePosts } from './reach.js';
import {
  allFinal,
  carried,
  newBatch,
  nextPage,
  roomIn,
  statusOf,
  type BatchRun,
  type Carried,
  type Page,
} from './run.js';
import { startPosts, type OpenPosts } from './start.js';
import { batchStatus } from './status.js';

/** How many posts of a batch are at work at a time. fal runs at most 40 jobs of an account at once, so that a third may be drafted meanwhile. */
const WINDOW = 60;
/** How many posts are told something in one turn: a run may have to continue as new between two. */
const SHARE = 25;

/** The story of a batch: planned page by page, its posts started through a window, heard until the last has ended. */
export async function batch(input: BatchInput, before?: Carried): Promise<BatchStatus> {
  const run: BatchRun = before ? { ...before, input } : newBatch(input, new Date().toISOString());
  const open: OpenPosts = new Set();
  listenToBatch(run);
  const recorder = createRecorder(async () => {
    const stored = await record(run);
    const pages = correctCharges(run.pages, stored);
    if (pages === run.pages) return;
    run.pages.splice(0, run.pages.length, ...pages);
    recorder.note();
  });
  const tell = (): void => {
    setCurrentDetails(batchDetails(run));
    // Each post records itself; the batch's own record is its plan, what blocks it, and its end.
    if (run.status !== 'running' || run.pages.length === 1) recorder.note();
  };
  if (before) setCurrentDetails(batchDetails(run));
  else tell();
  try {
    if (run.ending) await cancelAgain(run);
    await makePosts(run, recorder, tell, open);
    Object.assign(run, { status: 'done', error: null });
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(async () => {
      await endBatch(run, () => carryOver(run, recorder));
      tell();
      await recorder.settled();
    });
    throw error;
  }
  // A last word on the budget may come while the end is being written down.
  for (let written = -1; written !== run.budget;) {
    written = run.budget;
    tell();
    await recorder.settled();
  }
  // A post ends a moment after its last word. Were that to come with the batch's own end, Temporal would have the batch end twice.
  await condition(() => open.size === 0 && allHandlersFinished());
  return batchStatus(run);
}

/** Plans, starts and listens until every post has ended. Each turn does what can be done now, then waits for news. */
async function makePosts(
  run: BatchRun,
  recorder: Recorder,
  tell: () => void,
  open: OpenPosts,
): Promise<void> {
  const look = createLook(run, open);
  let recorded = run.status;
  for (;;) {
    if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('the batch is cancelled');
    const { heard } = run;
    if (run.status !== recorded) recorder.note();
    recorded = run.status;
    // A budget that changes while the archive hears of the one before is told as well, before any post hears more.
    while (run.budgetUntold) await tellBudget(run, recorder);
    await passOnWords(run);
    if (look.isDue()) look.begin();
    const page = run.queue.length === 0 ? nextPage(run) : null;
    if (!page && run.queue.length === 0 && allFinal(run)) return;
    if (workflowInfo().continueAsNewSuggested) await carryOver(run, recorder);
    if (hasWords(run)) continue;
    const room = run.paused || run.status === 'blocked' ? 0 : roomIn(run, run.input.window ?? WINDOW);
    if (page && room > 0) {
      await planOrBlock(run, page, tell);
      recorded = run.status;
      continue;
    }
    if (run.queue.length > 0 && room > 0) {
      await startPosts(run, room, open);
      run.status = statusOf(run);
      tell();
      recorded = run.status;
      continue;
    }
    await condition(
      () =>
        hasWords(run) ||
        run.budgetUntold ||
        run.heard !== heard ||
        run.status !== recorded ||
        look.isDue() ||
        // Signals that are no news fill a history, too.
        workflowInfo().continueAsNewSuggested,
    );
    setCurrentDetails(batchDetails(run));
  }
}

const hasWords = (run: BatchRun): boolean => run.approvals.length > 0 || run.resuming.length > 0;

/** Plans a page. When that can't be done, the batch is blocked until a person resumes it; its posts continue. */
async function planOrBlock(run: BatchRun, page: Page, tell: () => void): Promise<void> {
  try {
    await planPage(run, page);
  } catch (error) {
    const blocking = isCancellation(error) ? null : blockingError(error);
    if (!blocking) throw error;
    run.error = blocking;
    run.status = 'blocked';
    const row = run.pages[page.page - 1];
    if (row) run.pages[page.page - 1] = { ...row, state: 'failed', note: blocking.message };
    tell();
  }
}

/** The paid steps ask the archive what they may spend, so it hears of a new budget before any post continues. */
async function tellBudget(run: BatchRun, recorder: Recorder): Promise<void> {
  run.budgetUntold = false;
  recorder.note();
  await recorder.settled();
}

/** Tells the posts what people told the batch, a share of them a turn. */
async function passOnWords(run: BatchRun): Promise<void> {
  const share = takeShare(run.approvals, SHARE);
  if (share) await approvePosts(share);
  const resumed = takeResuming(run, SHARE);
  if (resumed.length > 0) await resumePosts(resumed);
}

async function carryOver(run: BatchRun, recorder: Recorder): Promise<never> {
  await recorder.settled();
  await condition(allHandlersFinished);
  return continueAsNew<typeof batch>(run.input, carried(run));
}

const record = (run: BatchRun): Promise<readonly Charge[]> =>
  CancellationScope.nonCancellable(() =>
    archive.recordBatch.executeWithOptions({ summary: `record: ${run.status}` }, [
      {
        sequence: (run.recorded += 1),
        status: batchStatus(run),
        account: run.input.account,
        charges: run.pages.flatMap((row) => row.charges),
        monthBudget: run.monthBudget,
      },
    ]),
  );
