import { ApplicationFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createLookAfter, type SilentPost } from '../activities/look-after.js';
import { approveSignal, postStatusQuery, reportSignal, reviewUpdate } from '../contract/messages.js';
import type { BatchStatus, PostStatus } from '../contract/status.js';
import {
  DAY,
  HOUR,
  openOutside,
  startTimeSkipping,
  type Outside,
  type Rules,
  type TimeSkipping,
} from './time-skipping.js';
import { until } from './until.js';
import { startReceiver, type Heard, type Receiver } from './webhooks/receiver.js';

const VARIABLE = 'COPYDESK_TEST_DESK_SECRET';
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
/**
 * Not a whole number of days: when a post ends in the same instant as its batch's daily timer fires, the test server refuses
 * what the batch does about it, once, with a warning in the log.
 */
const EXPIRE_AFTER = 60 * HOUR;
const PATIENCE = { timeout: 20_000 };

let outside: Outside;
let time: TimeSkipping;
/** When a batch looked after its posts, in workflow time, and whether its next look fails. */
let looks: number[];
let isLookLost: boolean;
let receiver: Receiver;
beforeAll(async () => {
  vi.stubEnv(VARIABLE, SECRET);
  receiver = await startReceiver(SECRET);
  outside = await openOutside();
}, 60_000);
afterAll(async () => {
  await outside?.close();
  await receiver?.close();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  [looks, isLookLost] = [[], false];
  const { lookAfter } = createLookAfter(outside.services);
  time = await startTimeSkipping(outside.services, {
    async lookAfter(task: { posts: readonly SilentPost[] }) {
      looks.push(await time.now());
      if (!isLookLost) return lookAfter(task);
      isLookLost = false;
      throw ApplicationFailure.nonRetryable('Temporal is away');
    },
  });
}, 120_000);
afterEach(() => time?.close(), 60_000);

const waitingPost = async (rules: Rules = {}): Promise<{ batch: string; post: string }> => {
  const { id, posts } = await time.waitingBatch({ hero_text: 1 }, rules);
  return { batch: id, post: posts[0] ?? '' };
};
const everyFourHours = (): Rules => ({
  remindAfter: 4 * HOUR,
  webhooks: [{ url: receiver.url, secretVariable: VARIABLE, events: ['post.reminder'] }],
});
const remindersOf = (post: string): Heard[] =>
  receiver.taken.filter(({ event }) => event.type === 'post.reminder' && event.data.post?.['id'] === post);
/** When the reminders of a post went out, in whole minutes of workflow time after `since`. */
const remindedAfter = (post: string, since: number): number[] =>
  remindersOf(post)
    .map(({ event }) => Math.floor((Date.parse(event.timestamp) - since) / 60_000))
    .toSorted((one, other) => one - other);
const isMarked = async (post: string): Promise<boolean | undefined> =>
  (await outside.services.archive.records.listPosts()).posts.find(({ id }) => id === post)?.reminded;
const endOfBatch = (id: string): Promise<BatchStatus> => time.batch(id).result();
async function endOfPost(id: string): Promise<PostStatus> {
  await time.post(id).result();
  return time.post(id).query(postStatusQuery);
}

it('publishes a post that is approved after 60 days', async () => {
  const { batch, post } = await waitingPost();
  const opened = await time.now();
  await time.sleep(60 * DAY);
  expect(await time.postStatus(post)).toMatchObject({ status: 'awaiting_approval', gate: 'publish' });

  await time.post(post).executeUpdate(reviewUpdate, { args: [{ decision: 'approve', by: 'ana' }] });
  const { status, review, publications } = await endOfPost(post);
  expect({ status, review, publications }).toMatchObject({
    status: 'published',
    review: [{ decision: 'approve', by: 'ana', counted: true }],
    publications: [{ target: 'feed' }],
  });
  expect(Date.parse(review[0]?.at ?? '')).toBeGreaterThanOrEqual(opened + 60 * DAY);
  expect(await endOfBatch(batch)).toMatchObject({ status: 'done', counts: { published: 1 } });
});

it('publishes at the time that the approval names, 30 days on, and not before', async () => {
  const { post } = await waitingPost();
  const publishAt = new Date((await time.now()) + 30 * DAY).toISOString();
  await time.post(post).signal(approveSignal, { by: 'ana', publishAt });
  await time.sleep(30 * DAY - HOUR);
  expect(await time.postStatus(post)).toMatchObject({
    status: 'scheduled',
    slot: publishAt,
    publications: [],
    publishedAt: null,
  });

  expect(await endOfPost(post)).toMatchObject({
    status: 'published',
    slot: publishAt,
    publications: [{ target: 'feed' }],
  });
  expect(await time.now()).toBeGreaterThanOrEqual(Date.parse(publishAt));
});

it('keeps the time that was named at gate media while the picture is made', async () => {
  const { post } = await waitingPost({ gates: ['media'] });
  const publishAt = new Date((await time.now()) + 3 * DAY).toISOString();
  await time.post(post).signal(approveSignal, { by: 'ana', publishAt });
  await expect.poll(() => time.postStatus(post), PATIENCE).toMatchObject({ status: 'scheduled' });
  await time.sleep(2 * DAY);
  expect(await time.postStatus(post)).toMatchObject({ status: 'scheduled', publications: [] });
  const { publishedAt } = await endOfPost(post);
  // The clock of a publication is the machine's; that of its workflow is the one that skips.
  expect(publishedAt).not.toBeNull();
  expect(await time.now()).toBeGreaterThanOrEqual(Date.parse(publishAt));
});

it('reminds a person every 4 hours while a gate is open, 5 times at most, and marks the post', async () => {
  const { post } = await waitingPost(everyFourHours());
  const opened = await time.now();
  await time.sleep(3 * HOUR);
  expect(remindedAfter(post, opened)).toEqual([]);
  expect(await isMarked(post)).toBe(false);

  await time.sleep(2 * HOUR);
  await expect.poll(() => remindedAfter(post, opened).length, PATIENCE).toBe(1);
  await expect.poll(() => isMarked(post), PATIENCE).toBe(true);
  expect(remindersOf(post)[0]?.event.data.post).toMatchObject({ gate: 'publish', revision: 1 });

  await time.sleep(3 * DAY);
  expect(remindedAfter(post, opened).map((minutes) => Math.round(minutes / 60))).toEqual([4, 8, 12, 16, 20]);
  expect(await time.postStatus(post)).toMatchObject({ status: 'awaiting_approval' });
});

it('reminds nobody of a post that has been decided on', async () => {
  const { post } = await waitingPost(everyFourHours());
  await time.sleep(9 * HOUR);
  const publishAt = new Date((await time.now()) + 10 * DAY).toISOString();
  await time
    .post(post)
    .executeUpdate(reviewUpdate, { args: [{ decision: 'approve', by: 'ana', publishAt }] });
  await expect.poll(() => isMarked(post), PATIENCE).toBe(false);

  await time.sleep(9 * DAY);
  expect(await time.postStatus(post)).toMatchObject({ status: 'scheduled' });
  expect(remindedAfter(post, 0)).toHaveLength(2);
});

it('loses nothing to a receiver that is down for ten tries', async () => {
  let tries = 0;
  receiver.answer = () => ((tries += 1) <= 10 ? 503 : 204);
  const webhooks = [
    { url: receiver.url, secretVariable: VARIABLE, events: ['post.awaiting_approval'] as const },
  ];
  const { post } = await waitingPost({ webhooks });
  const log = async () => {
    const { deliveries } = await outside.services.archive.deliveries.list({ limit: 50 });
    return deliveries.filter(({ postId }) => postId === post);
  };
  await expect.poll(log, PATIENCE).toMatchObject([{ status: 'pending', lastStatusCode: 503 }]);
  await time.sleep(6 * HOUR);
  await expect.poll(log, PATIENCE).toMatchObject([{ status: 'delivered', tries: 11, lastStatusCode: 204 }]);
  receiver.answer = () => 204;
  const [row] = await log();
  expect(receiver.asked.filter((id) => id === row?.id)).toHaveLength(11);
  expect(receiver.taken.filter(({ id }) => id === row?.id)).toHaveLength(1);
  expect(await time.postStatus(post)).toMatchObject({ status: 'awaiting_approval' });
});

it('expires a post that nobody decides on; its batch counts it and ends', async () => {
  const { id, posts } = await time.waitingBatch({ hero_text: 2 }, { expireAfter: EXPIRE_AFTER });
  const [approved = '', forgotten = ''] = posts;
  await time.post(approved).signal(approveSignal, { by: 'ana' });
  // Whoever waits for its end lets time skip until the answer has come, and the batch looks after its posts after a day.
  await expect.poll(() => time.postStatus(approved), PATIENCE).toMatchObject({ status: 'published' });
  await time.sleep(EXPIRE_AFTER - HOUR);
  expect(await time.postStatus(forgotten)).toMatchObject({ status: 'awaiting_approval', review: [] });

  expect(await endOfPost(forgotten)).toMatchObject({
    status: 'expired',
    gate: null,
    review: [{ decision: 'expire', by: 'copydesk', gate: 'publish', revision: 1, counted: true }],
    publications: [],
    publishedAt: null,
  });
  expect(await endOfBatch(id)).toMatchObject({ status: 'done', counts: { published: 1, expired: 1 } });
  expect(await outside.services.archive.records.findPost(forgotten)).toMatchObject({ status: 'expired' });
  expect(await outside.services.archive.records.findPublishedPost(forgotten)).toBeNull();
});

it('keeps the time of an open gate when a flood of signals makes it continue as new', async () => {
  const { post } = await waitingPost({ ...everyFourHours(), expireAfter: EXPIRE_AFTER });
  const opened = await time.now();
  await time.sleep(5 * HOUR);
  await expect.poll(() => remindedAfter(post, opened).length, PATIENCE).toBe(1);
  const { runId } = await time.post(post).describe();
  const flood = (signals: number) =>
    Promise.all(
      Array.from({ length: signals }, () => time.post(post).signal(approveSignal, { by: 'mo', revision: 9 })),
    );
  // The test server leaves a query for ever without an answer when its run continues as new meanwhile, from 2,000 events on.
  for (let events = 0; events < 1_600; events = (await time.post(post).describe()).historyLength) {
    await flood(50);
    await time.postStatus(post);
  }
  await flood(450);
  await until(
    () => time.post(post).describe(),
    (run) => run.runId !== runId,
  );
  expect(await time.postStatus(post)).toMatchObject({ status: 'awaiting_approval', gate: 'publish' });

  await time.sleep(40 * HOUR);
  expect(remindedAfter(post, opened).map((minutes) => Math.round(minutes / 60))).toEqual([4, 8, 12, 16, 20]);
  expect(await isMarked(post)).toBe(true);
  const { status, review } = await endOfPost(post);
  expect(status).toBe('expired');
  const expired = Date.parse(review.at(-1)?.at ?? '') - opened;
  expect(Math.round(expired / HOUR)).toBe(EXPIRE_AFTER / HOUR);
}, 300_000);

it('gives each gate its own time', async () => {
  const { post } = await waitingPost({ gates: ['media', 'publish'], expireAfter: EXPIRE_AFTER });
  expect(await time.postStatus(post)).toMatchObject({ gate: 'media' });
  await time.sleep(40 * HOUR);
  await time.post(post).signal(approveSignal, { by: 'ana', gate: 'media' });
  await expect
    .poll(() => time.postStatus(post), PATIENCE)
    .toMatchObject({ status: 'awaiting_approval', gate: 'publish' });

  await time.sleep(40 * HOUR);
  expect(await time.postStatus(post)).toMatchObject({ status: 'awaiting_approval', gate: 'publish' });
  expect(await endOfPost(post)).toMatchObject({
    status: 'expired',
    review: [
      { decision: 'approve', gate: 'media' },
      { decision: 'expire', gate: 'publish' },
    ],
  });
});

it('finds a terminated post, which sends no word, within a day, counts it as failed, frees its slot and ends the batch', async () => {
  const { batch, post } = await waitingPost();
  const { slots } = outside.services.archive;
  const moment = '2099-03-01T09:00:00.000Z';
  await slots.takeAt({ postId: post, account: 'harbor', sequence: 1 }, moment);
  await time.post(post).terminate('by hand');
  await time.sleep(20 * HOUR);
  expect(await time.batchStatus(batch)).toMatchObject({
    status: 'running',
    counts: { awaiting_approval: 1 },
  });

  const { status, counts, posts } = await endOfBatch(batch);
  expect({ status, counts }).toEqual({ status: 'done', counts: { failed: 1 } });
  expect(posts[0]?.error).toMatchObject({ type: 'Post.Ended' });
  const next = { postId: 'AnotherPost1', account: 'harbor', sequence: 1 };
  expect(await slots.takeNext(next, [moment])).toBe(moment);
});

it('a look that fails is made again a day later, and the batch lives', async () => {
  isLookLost = true;
  const { batch, post } = await waitingPost();
  await time.post(post).terminate('by hand');
  expect(await endOfBatch(batch)).toMatchObject({ status: 'done', counts: { failed: 1 } });
  expect(looks).toHaveLength(2);
  expect(looks[1]! - looks[0]!).toBeGreaterThanOrEqual(24 * HOUR);
});

it('a batch with steady news looks once a day all the same', async () => {
  const { id, posts } = await time.waitingBatch({ hero_text: 2 });
  const [ended = '', other = ''] = posts;
  await time.post(ended).terminate('by hand');
  const { title } = (await time.batchStatus(id)).posts.find((post) => post.id === other)!;
  for (let hours = 0; hours < 30; hours += 5) {
    // What an unchanged post would say once more.
    const state = { status: 'awaiting_approval', gate: 'publish', step: 'review', error: null } as const;
    await time
      .batch(id)
      .signal(reportSignal, { id: other, title, ...state, revision: 1, cost: 0, unknown: 0 });
    await time.sleep(5 * HOUR);
  }
  await expect
    .poll(() => time.batchStatus(id), PATIENCE)
    .toMatchObject({ status: 'running', counts: { failed: 1, awaiting_approval: 1 } });
});
