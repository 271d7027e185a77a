import { ApplicationFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createLookAfter, type SilentPost } from '../activities/look-after.js';
import { loadAccount } from '../client/accounts/load.js';
import { BATCH_WORKFLOW, type BatchInput } from '../contract/batch.js';
import { QUEUES } from '../contract/task-queues.js';
import { batchWorkflowId } from '../contract/ids.js';
import { approveSignal, reportSignal } from '../contract/messages.js';
import type { BatchPost, BatchStatus, PostStatus } from '../contract/status.js';
import { carried, newBatch, newPlanRow } from '../workflows/batch/run.js';
import { HOUR, openOutside, startTimeSkipping, type Outside, type TimeSkipping } from './time-skipping.js';

let outside: Outside;
let time: TimeSkipping;
beforeAll(async () => {
  outside = await openOutside();
}, 180_000);
afterAll(() => outside?.close());
afterEach(() => time?.close(), 30_000);

const endOfBatch = (id: string): Promise<BatchStatus> => time.batch(id).result();

/** What an unchanged post would say once more. */
const repeat = async (batch: string, { id, title }: BatchPost): Promise<void> =>
  time.batch(batch).signal(reportSignal, {
    ...{ id, title, status: 'awaiting_approval', gate: 'publish', revision: 1 },
    ...{ cost: 0, unknown: 0, step: 'review', error: null },
  });

it('a look that fails is made again a day later, and the batch lives', async () => {
  const looks: number[] = [];
  const { lookAfter } = createLookAfter();
  time = await startTimeSkipping(outside.services, {
    async lookAfter(task: { posts: readonly SilentPost[] }) {
      looks.push(await time.now());
      if (looks.length === 1) throw ApplicationFailure.nonRetryable('Temporal is away');
      return lookAfter(task);
    },
  });
  const { id, posts } = await time.waitingBatch({ hero_text: 1 });
  await time.post(posts[0] ?? '').terminate('by hand');
  expect(await endOfBatch(id)).toMatchObject({ status: 'done', counts: { failed: 1 } });
  expect(looks).toHaveLength(2);
  expect(looks[1]! - looks[0]!).toBeGreaterThanOrEqual(24 * HOUR);
}, 180_000);

it('a batch with steady news looks once a day all the same', async () => {
  time = await startTimeSkipping(outside.services);
  const { id, posts } = await time.waitingBatch({ hero_text: 2 });
  const [ended = '', other = ''] = posts;
  await time.post(ended).terminate('by hand');
  const known = (await time.batchStatus(id)).posts.find((post) => post.id === other)!;
  for (let hours = 0; hours < 30; hours += 5) {
    await repeat(id, known);
    await time.sleep(5 * HOUR);
  }
  await expect
    .poll(() => time.batchStatus(id), { timeout: 20_000 })
    .toMatchObject({ status: 'running', counts: { failed: 1, awaiting_approval: 1 } });
}, 180_000);

it.each(['published', 'cancelled'] as const)(
  'a post that was %s and whose word was lost is taken as it ended',
  async (end) => {
    time = await startTimeSkipping(outside.services);
    const { id, posts } = await time.waitingBatch({ hero_text: 1 });
    const postId = posts[0] ?? '';
    const [known] = (await time.batchStatus(id)).posts;
    // A batch that hears nothing of the post's end: it knows the post as it was.
    await time.batch(id).terminate('by hand');
    if (end === 'published') await time.post(postId).signal(approveSignal, { by: 'ana' });
    else await time.post(postId).cancel();
    await time
      .post(postId)
      .result()
      .catch(() => undefined);
    const { costUsd } = (await time.postStatus(postId)) satisfies PostStatus;
    const account = await loadAccount('accounts', 'ashtalksai');
    const mix = { hero_text: 1 };
    const input: BatchInput = { id, account, planner: 'p', mix, brief: null, budget: account.budget.batch };
    const run = newBatch(input, new Date(await time.now()).toISOString());
    run.pages.push({ ...newPlanRow(), state: 'done' });
    run.posts.push({ ...known!, cost: 0, unknown: 0 });
    await time.batch(id).client.start(BATCH_WORKFLOW, {
      workflowId: batchWorkflowId(id),
      taskQueue: QUEUES.workflows,
      args: [input, carried(run)],
    });
    const { status, counts, posts: ended } = await endOfBatch(id);
    expect({ status, counts }).toEqual({ status: 'done', counts: { [end]: 1 } });
    expect(ended[0]).toMatchObject({ id: postId, costUsd, error: null });
    expect(costUsd).toBeGreaterThan(0);
  },
  180_000,
);
