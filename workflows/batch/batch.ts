import {
  CancellationScope,
  CancelledFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
} from '@temporalio/workflow';
import type { BatchInput } from '../../contract/batch.js';
import type { BatchStatus } from '../../contract/status.js';
import { whyBlocked } from '../blocked.js';
import { type Cell, createCell, partOf } from '../cell.js';
import { dropResumed, nextToResume } from './apply.js';
import { type Orders, dropShare, hasOrders, nextShare } from './orders.js';
import { cancelAgain, endBatch } from './cancel.js';
import { isBatchDue } from '../history-length.js';
import { listenToBatch } from './listen.js';
import { type Look, createLook } from './daily-look.js';
import { markTold } from './money.js';
import { planPage } from './plan-page.js';
import { type Page, failPage } from './plan.js';
import { blockBatch, finish, updateStatus } from './progress.js';
import { type OpenPosts, approvePosts, resumePosts, startPosts } from './post-workflows.js';
import { type BatchReporter, createBatchReporter } from './reporter.js';
import { type Batch, type CarriedBatch, carriedBy, newBatch } from './state.js';
import { batchStatus } from './status.js';
import { nextTurn } from './next-turn.js';

/** How many posts are told something in one turn: a run may have to continue as new between two. */
const SHARE = 25;

/** How many budgets a batch that has ended still hears, at most: nobody waits for one who tells it one after the other. */
const LAST_BUDGETS = 20;

/** The story of a batch: planned page by page, its posts started through a window, heard until the last has ended. */
export async function batch(input: BatchInput, before?: CarriedBatch): Promise<BatchStatus> {
  const state = createCell<Batch>(before ? { ...before, input } : newBatch(input, new Date().toISOString()));
  const open: OpenPosts = new Set();
  const reporter = createBatchReporter(state);
  listenToBatch(state);
  if (before) reporter.showDetails();
  else reporter.announce();
  try {
    if (state.value.progress.ending) await cancelAgain(input.id);
    await makePosts(state, reporter, open);
    partOf(state, 'progress').change(finish);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(async () => {
      await endBatch(state, () => carryOver(state, reporter));
      reporter.announce();
      await reporter.settled();
    });
    throw error;
  }
  await recordEnd(state, reporter);
  await lastWords(input, open);
  for (let told = 0; told < LAST_BUDGETS && state.value.money.isUntold; told += 1)
    await tellBudget(state, reporter);
  return batchStatus(state.value);
}

/** As long as what posts say as they end may take. */
const LAST_WORDS = '10 seconds';

/**
 * A post ends a moment after its last word. Were that to come with the batch's own end, Temporal would have the batch end twice. But
 * one that a target does not take stays open, for as long as it is tried there or may be mended, and nobody waits for that: the next
 * run of a schedule would, for weeks.
 */
async function lastWords({ account }: BatchInput, open: OpenPosts): Promise<void> {
  const areSaid = (): boolean => open.size === 0 && allHandlersFinished();
  // With one target, a post that is published is done.
  if (areSaid() || account.targets.length < 2) return condition(areSaid);
  await condition(areSaid, LAST_WORDS, { summary: 'Posts that some target does not take' });
  return condition(allHandlersFinished);
}

/** Plans, starts and listens until every post has ended. Each turn does what can be done now, then waits for news. */
async function makePosts(state: Cell<Batch>, reporter: BatchReporter, open: OpenPosts): Promise<void> {
  const look = createLook(state, open);
  const status = () => state.value.progress.status;
  let recorded = status();
  for (;;) {
    if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('the batch is cancelled');
    const { heard } = state.value.posts;
    if (status() !== recorded) reporter.saveRecord();
    recorded = status();
    // What is said while the archive hears of a budget may lean on a later one, so it waits for the next turn, which tells that.
    const { orders } = state.value;
    if (state.value.money.isUntold) await tellBudget(state, reporter);
    await passOnOrders(state, orders);
    if (look.isDue()) look.begin();
    const turn = nextTurn(state.value);
    if (turn.do === 'end') return;
    if (isBatchDue()) await carryOver(state, reporter);
    if (hasOrders(state.value.orders)) continue;
    if (turn.do === 'wait') {
      const isChanged = (): boolean => state.value.posts.heard !== heard || status() !== recorded;
      await waitForNews(state, look, isChanged);
      reporter.showDetails();
      continue;
    }
    if (turn.do === 'plan') await planOrBlock(state, turn.page, reporter);
    else await startAndAnnounce(state, turn.count, open, reporter);
    recorded = status();
  }
}

const waitForNews = (state: Cell<Batch>, look: Look, isChanged: () => boolean): Promise<void> =>
  condition(
    () =>
      hasOrders(state.value.orders) ||
      state.value.money.isUntold ||
      isChanged() ||
      look.isDue() ||
      // Signals that are no news fill a history, too.
      isBatchDue(),
  );

/** Plans a page. When that can't be done, the batch is blocked until a person resumes it; its posts continue. */
async function planOrBlock(state: Cell<Batch>, page: Page, reporter: BatchReporter): Promise<void> {
  try {
    await planPage(state, page);
    // Other batches of the planner are not offered what this one has used.
    if (state.value.plan.news) reporter.saveRecord();
  } catch (error) {
    const blocking = whyBlocked(error);
    state.change((now) => ({
      ...now,
      plan: failPage(now.plan, page.page, blocking.message),
      progress: blockBatch(now.progress, blocking),
    }));
    reporter.announce();
  }
}

async function startAndAnnounce(
  state: Cell<Batch>,
  count: number,
  open: OpenPosts,
  reporter: BatchReporter,
): Promise<void> {
  await startPosts(state, count, open);
  partOf(state, 'progress').change((now) => updateStatus(now, true));
  reporter.announce();
}

/** The paid steps ask the archive what they may spend, so it hears of a new budget before any post continues. */
async function tellBudget(state: Cell<Batch>, reporter: BatchReporter): Promise<void> {
  partOf(state, 'money').change(markTold);
  reporter.saveRecord();
  await reporter.settled();
}

/** Tells the posts what people told the batch, a share of it a turn. */
async function passOnOrders(state: Cell<Batch>, orders: Orders): Promise<void> {
  const share = nextShare(orders.approvals, SHARE);
  if (share) {
    partOf(partOf(state, 'orders'), 'approvals').change((now) => dropShare(now, share.posts.length));
    await approvePosts(share);
  }
  const most = Math.min(orders.resuming.length, SHARE);
  if (most === 0) return;
  const resumed = nextToResume(state.value, most);
  state.change((now) => dropResumed(now, most));
  if (resumed.length > 0) await resumePosts(resumed);
}

/** A last word on the budget may come while the end is being written down. */
async function recordEnd(state: Cell<Batch>, reporter: BatchReporter): Promise<void> {
  let written = -1;
  for (let told = 0; told < LAST_BUDGETS && written !== state.value.money.budget; told += 1) {
    partOf(state, 'money').change(markTold);
    written = state.value.money.budget;
    reporter.announce();
    await reporter.settled();
  }
}

async function carryOver(state: Cell<Batch>, reporter: BatchReporter): Promise<never> {
  await reporter.settled();
  await condition(allHandlersFinished);
  return continueAsNew<typeof batch>(state.value.input, carriedBy(state.value));
}
