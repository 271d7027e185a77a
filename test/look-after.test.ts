import { ApplicationFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createLookAfter, type SilentPost } from '../activities/look-after.js';
import { reportSignal } from '../contract/messages.js';
import type { BatchPost, BatchStatus } from '../contract/status.js';
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
  const { lookAfter } = createLookAfter(outside.services);
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

it('a terminated post gives its slot back', async () => {
  time = await startTimeSkipping(outside.services);
  const { id, posts } = await time.waitingBatch({ hero_text: 1 });
  const [postId = ''] = posts;
  const { slots } = outside.services.archive;
  const moment = '2099-03-01T09:00:00.000Z';
  await slots.takeAt({ postId, account: 'harbor', sequence: 1 }, moment);
  await time.post(postId).terminate('by hand');
  await endOfBatch(id);
  const next = { postId: 'AnotherPost1', account: 'harbor', sequence: 1 };
  expect(await slots.takeNext(next, [moment])).toBe(moment);
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
