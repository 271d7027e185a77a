import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadAccount } from '../config/accounts/load.js';
import { BATCH_WORKFLOW, type BatchInput } from '../contract/batch.js';
import { QUEUES } from '../contract/task-queues.js';
import { batchWorkflowId, postWorkflowId } from '../contract/ids.js';
import { PAGE_SIZE } from '../contract/mix.js';
import { approveAllSignal, approveSignal, pauseSignal, resumeSignal } from '../contract/messages.js';
import { isAtWork, isFinal } from '../contract/states.js';
import type { BatchStatus } from '../contract/status.js';
import type { KnownPost } from '../workflows/batch/posts.js';
import { newPlanRow } from '../workflows/batch/plan.js';
import { carriedBy, newBatch } from '../workflows/batch/state.js';
import { allWaiting, startHarness, type Harness } from './harness.js';
import { until } from './until.js';

/** Events after which the server tells a workflow to continue as new; it is 4,096 when nobody changes it. */
const LONG_HISTORY = 300;
const WINDOW = 10;
/** Posts of the batch that is cancelled; 2,000 is the largest. */
const CANCELLED = Number(process.env.COPYDESK_TEST_CANCELLED ?? 300);
const LARGEST = 2_000;

let desk: Harness;
beforeAll(async () => {
  const extraArgs = ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${LONG_HISTORY}`];
  desk = await startHarness({}, { extraArgs, media: 'plain' });
}, 180_000);
afterAll(() => desk?.close());
afterEach(() => desk.standIns.control.clear());

const batch = (id: string) => desk.client.workflow.getHandle(batchWorkflowId(id));

/** How many events each run of a batch has, first to last. */
async function runsOf(id: string): Promise<number[]> {
  const { raw } = await batch(id).describe();
  const lengths = [];
  for (let runId = raw.workflowExecutionInfo?.firstRunId; runId;) {
    const { events } = await desk.client.workflow.getHandle(batchWorkflowId(id), runId).fetchHistory();
    lengths.push(events?.length ?? 0);
    runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return lengths;
}

/** Starts a batch in the midst of its story: every page planned, these posts begun. */
async function startMidway(id: string, posts: readonly KnownPost[], nextLook?: number): Promise<void> {
  const account = await loadAccount('accounts', 'ashtalksai');
  const mix = { hero_text: posts.length };
  const input: BatchInput = { id, account, planner: 'p', mix, brief: null, budget: account.budget.batch };
  const fresh = newBatch(input, new Date().toISOString());
  const rows = Array.from({ length: posts.length / PAGE_SIZE + 1 }, () => newPlanRow());
  const midway = carriedBy({
    ...fresh,
    progress: { ...fresh.progress, status: 'running' },
    plan: { ...fresh.plan, pages: rows.map((row) => ({ ...row, state: 'done' })) },
    posts: { ...fresh.posts, known: posts, ...(nextLook !== undefined && { nextLook }) },
  });
  await desk.client.workflow.start(BATCH_WORKFLOW, {
    workflowId: batchWorkflowId(id),
    taskQueue: QUEUES.workflows,
    args: [input, midway],
  });
}

const postIdOf = (index: number): string => `ofMany${String(index).padStart(6, '0')}`;
const waitingPost = (id: string, title = 'T'): KnownPost => ({
  ...{ id, title, contentFormat: 'hero_text', status: 'awaiting_approval', gate: 'publish', revision: 1 },
  ...{ cost: 0, unknown: 0, step: 'review', error: null },
});
const manyPosts = (count: number, title?: string): KnownPost[] =>
  Array.from({ length: count }, (_, index) => waitingPost(postIdOf(index), title));

describe('a key that is wrong', () => {
  it('blocks no more than the window of a batch of 60, and one resume continues with all of it', async () => {
    desk.standIns.control.fail({ on: 'submit', kind: 'status', status: 401, times: 1_000 });
    const id = await desk.startBatch({ hero_text: 60 }, { window: WINDOW, budget: 1_000_000_000_000 });
    const atRest = ({ status, posts }: BatchStatus): boolean =>
      status === 'paused' && !posts.some((post) => isAtWork(post.status));
    const halted = await desk.batchUntil(id, atRest);
    const blocked = halted.counts.blocked ?? 0;
    expect(blocked).toBeGreaterThanOrEqual(3);
    expect(blocked).toBeLessThanOrEqual(WINDOW);
    expect(halted.posts).toHaveLength(blocked);
    expect(halted.error).toMatchObject({ type: 'Provider.Authentication' });
    expect(halted.error?.message).toContain(halted.posts[0]?.error?.message);
    expect(halted.error?.message).toContain(`batch resume ${id}`);

    // Still wrong: the window is not exceeded by a resume either.
    await batch(id).signal(resumeSignal, { by: 'mo' });
    for (const post of halted.posts)
      await desk.postUntil(post.id, ({ review }) => review.some(({ decision }) => decision === 'resume'));
    const again = await desk.batchUntil(id, atRest);
    expect(again.counts.blocked).toBeLessThanOrEqual(WINDOW);

    desk.standIns.control.clear();
    await batch(id).signal(resumeSignal, { by: 'mo' });
    const done = await desk.batchUntil(id, allWaiting(60));
    expect(done).toMatchObject({ status: 'running', error: null });
    await batch(id).cancel();
    await expect(batch(id).result()).rejects.toThrow();
  }, 180_000);
});

describe('a batch that is reset to before it started its posts', () => {
  it('keeps them as its own, and looks after them at once', async () => {
    const id = await desk.startBatch({ hero_text: 2 });
    const before = await desk.batchUntil(id, allWaiting(2));
    const { events = [] } = await batch(id).fetchHistory();
    const start = events?.find((event) => event.startChildWorkflowExecutionInitiatedEventAttributes);
    const { runId } = await batch(id).describe();
    await desk.client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: batchWorkflowId(id), runId },
      reason: 'test',
      requestId: `reset-${id}`,
      workflowTaskFinishEventId:
        start?.startChildWorkflowExecutionInitiatedEventAttributes?.workflowTaskCompletedEventId,
    });
    expect((await batch(id).describe()).runId).not.toBe(runId);
    const after = await desk.batchUntil(id, allWaiting(2));
    expect(after.posts).toEqual(before.posts);
    await batch(id).signal(approveAllSignal, { by: 'mo' });
    expect(await batch(id).result()).toMatchObject({ status: 'done', counts: { published: 2 } });
  });
});

describe('a post that is reset to before its draft', () => {
  it('pays for another, and both are on record', async () => {
    const { id } = await desk.waitingPost();
    const workflowId = postWorkflowId(id);
    const { events = [] } = await desk.post(id).fetchHistory();
    const draft = events?.find(
      ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name === 'draft',
    );
    const { runId } = await desk.post(id).describe();
    await desk.client.workflowService.resetWorkflowExecution({
      ...{ namespace: 'default', workflowExecution: { workflowId, runId } },
      ...{ reason: 'test', requestId: `reset-${id}` },
      workflowTaskFinishEventId: draft?.activityTaskScheduledEventAttributes?.workflowTaskCompletedEventId,
    });
    const { ledger } = desk.services.archive;
    const drafts = await until(
      async () => (await ledger.listCharges({ postId: id })).filter(({ step }) => step === 'draft'),
      ({ length }) => length > 1,
    );
    expect(drafts.map(({ outcome }) => outcome)).toEqual(['kept', 'kept']);
    await desk.postUntil(id, ({ status }) => status === 'awaiting_approval');
    await desk.post(id).cancel();
  });
});

describe('a post whose last word was lost', () => {
  it.each(['published', 'cancelled'] as const)('and that is %s is taken as it ended', async (end) => {
    const id = await desk.startBatch({ hero_text: 1 });
    const [known] = (await desk.batchUntil(id, allWaiting(1))).posts;
    const postId = known!.id;
    // Nobody hears the post; then there is a batch that knows it as it was.
    await batch(id).terminate('by hand');
    if (end === 'published') await desk.post(postId).signal(approveSignal, { by: 'ana' });
    else await desk.post(postId).cancel();
    const { costUsd } = await desk.postUntil(postId, ({ status }) => status === end);
    await desk
      .post(postId)
      .result()
      .catch(() => undefined);
    await startMidway(id, [waitingPost(postId)], 0);
    const { status, counts, posts } = (await batch(id).result()) as BatchStatus;
    expect({ status, counts }).toEqual({ status: 'done', counts: { [end]: 1 } });
    expect(posts[0]).toMatchObject({ id: postId, costUsd, error: null });
    expect(costUsd).toBeGreaterThan(0);
  });
});

describe('a batch of 2,000 posts with long titles', () => {
  it('continues as new under a flood of signals, those that say nothing among them', async () => {
    const id = 'LargestBatch';
    await startMidway(id, manyPosts(LARGEST, '猫'.repeat(60)));
    for (let count = 0; count < 2 * LONG_HISTORY; count += 1) {
      await batch(id).signal(pauseSignal, { by: 'mo' });
      if (count % 2 === 0) await batch(id).signal('approveAll', { nothing: 'at all' });
    }
    // The server answers no query while a run ends whose last task was overtaken by one more signal.
    await expect
      .poll(() => desk.batchStatus(id), { timeout: 60_000 })
      .toMatchObject({ status: 'paused', counts: { awaiting_approval: LARGEST } });
    const runs = await runsOf(id);
    expect(runs.length).toBeGreaterThan(1);
    await batch(id).terminate('the test is done');
  }, 180_000);
});

describe(`a batch of ${CANCELLED} posts that is cancelled`, () => {
  it('cancels each of them page by page, and ends as cancelled with a short history', async () => {
    const id = 'ManyToCancel';
    const workflowsPath = fileURLToPath(new URL('batch-lasts/pretend-post.ts', import.meta.url));
    const worker = await Worker.create({
      connection: desk.nativeConnection,
      taskQueue: 'pretend',
      workflowBundle: await bundleWorkflowCode({ workflowsPath }),
    });
    await worker.runUntil(async () => {
      for (let start = 0; start < CANCELLED; start += 50)
        await Promise.all(
          Array.from({ length: Math.min(50, CANCELLED - start) }, (_, index) => {
            const post = postIdOf(start + index);
            return desk.client.workflow.start('pretendPost', {
              ...{ workflowId: postWorkflowId(post), taskQueue: 'pretend' },
              args: [batchWorkflowId(id), post],
            });
          }),
        );
      await startMidway(id, manyPosts(CANCELLED));
      await desk.batchUntil(id, ({ posts }) => posts.length === CANCELLED);
      await batch(id).cancel();
      await expect(batch(id).result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    });
    expect((await batch(id).describe()).status.name).toBe('CANCELLED');
    const ended = (await desk.services.archive.records.findBatch(id))!;
    expect(ended).toMatchObject({ status: 'cancelled', counts: { cancelled: CANCELLED } });
    expect(ended.posts.every(({ status }) => isFinal(status))).toBe(true);
    for (const events of await runsOf(id)) expect(events).toBeLessThan(10_000);
  }, 600_000);
});
