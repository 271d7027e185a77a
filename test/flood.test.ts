/** Floods of signals at a post: it answers all the same, ends by a decision, and its history stays short. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { againIfInterrupted } from '../client/wait.js';
import { postWorkflowId } from '../contract/ids.js';
import { SEARCH_ATTRIBUTE_KEYS } from '../contract/search-attributes.js';
import { reviewUpdate, type ReviewRequest } from '../contract/messages.js';
import type { PostStatus } from '../contract/status.js';
import { MOST_DROPPED } from '../workflows/post/state/review-log.js';
import { allWaiting, startHarness, type Harness } from './harness.js';
import { until } from './until.js';

/** Events after which the server tells a workflow to continue as new; it is 4,096 when nobody changes it. */
const SUGGESTED = 300;
const FLOOD = 2_000;
const HOUR = { latencyMs: 3_600_000 };
const NOW = { latencyMs: 0 };

let desk: Harness;
beforeAll(async () => {
  const extraArgs = ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${SUGGESTED}`];
  desk = await startHarness({}, { extraArgs, media: 'plain' });
});
afterEach(() => {
  desk.standIns.control.clear();
  desk.standIns.control.set({ openai: NOW, image: NOW, video: NOW });
});
afterAll(() => desk?.close());

/** As the client does it. */
const review = (id: string, request: ReviewRequest) =>
  againIfInterrupted(() => desk.post(id).executeUpdate(reviewUpdate, { args: [request] }));

/** Sends signals that can't count, fifty at a time. */
async function flood(id: string, count = FLOOD): Promise<void> {
  const late = { by: 'a flood', revision: 99, note: 'x'.repeat(100) };
  for (let sent = 0; sent < count; sent += 50)
    await Promise.all(Array.from({ length: 50 }, () => desk.post(id).signal('approve', late)));
}

/** What each run of a post has in its history, first to last. */
async function runsOf(id: string): Promise<{ events: number; records: number; published: number }[]> {
  const { workflow } = desk.client;
  const { raw } = await workflow.getHandle(postWorkflowId(id)).describe();
  const runs = [];
  for (let runId = raw.workflowExecutionInfo?.firstRunId; runId;) {
    const { events } = await workflow.getHandle(postWorkflowId(id), runId).fetchHistory();
    const named = (name: string): number =>
      (events ?? []).filter(
        (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === name,
      ).length;
    runs.push({ events: events?.length ?? 0, records: named('recordPost'), published: named('publish') });
    runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return runs;
}
const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

/** It was published by one approval, once, in one of several short runs; the archive has all that it says. */
async function expectPublishedOnce(id: string, mostRecords = 10): Promise<PostStatus> {
  const post = await desk.postEnd(id);
  expect(post).toMatchObject({ status: 'published', publications: [{ target: 'feed' }] });
  const approvals = post.review.filter(({ decision, counted }) => counted && decision === 'approve');
  expect(approvals).toMatchObject([{ by: 'ana' }]);
  expect(await desk.services.archive.records.findPost(id)).toEqual(post);
  const runs = await runsOf(id);
  expect(runs.length).toBeGreaterThan(1);
  expect(sum(runs.map(({ published }) => published))).toBe(1);
  expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(10_000);
  // Two or three a run, and those that the post has anyway.
  expect(sum(runs.map(({ records }) => records))).toBeLessThan(3 * runs.length + mostRecords);
  return post;
}

const startPost = async (): Promise<{ batchId: string; id: string }> => {
  const batchId = await desk.startBatch({ hero_text: 1 });
  const { posts } = await desk.batchUntil(batchId, (batch) => batch.posts.length === 1);
  return { batchId, id: String(posts[0]?.id) };
};
const waitingPost = async (): Promise<{ batchId: string; id: string }> => {
  const post = await startPost();
  await desk.batchUntil(post.batchId, allWaiting(1));
  return post;
};

describe('2,000 signals', () => {
  it('at a post that waits for a person leave it answering; an approval publishes it once', async () => {
    const { batchId, id } = await waitingPost();
    const before = await desk.post(id).describe();
    const opened = await desk.postStatus(id);
    await flood(id);
    const after = await desk.postStatus(id);
    expect({ ...after, review: [] }).toEqual({ ...opened, review: [] });
    expect(after.review).toHaveLength(MOST_DROPPED);
    expect(after.review.at(-1)?.note).toBe(
      'dropped: the approval is for revision 99, the post is at revision 1; further dropped decisions are not noted',
    );
    const now = await desk.post(id).describe();
    expect(now.runId).not.toBe(before.runId);
    expect(now.historyLength).toBeLessThan(2_000);
    for (const key of SEARCH_ATTRIBUTE_KEYS)
      expect(now.typedSearchAttributes.get(key as never), key.name).toEqual(
        before.typedSearchAttributes.get(key as never),
      );

    await expect(review(id, { decision: 'approve', by: 'ana', revision: 2 })).rejects.toMatchObject({
      cause: { type: 'Review.Refused' },
    });
    expect(await review(id, { decision: 'approve', by: 'ana', revision: 1 })).toMatchObject({ revision: 1 });
    await expectPublishedOnce(id);
    expect(await desk.batchUntil(batchId, ({ status }) => status === 'done')).toMatchObject({
      counts: { published: 1 },
    });
  });
});

describe('some hundred signals', () => {
  const SOME = 500;

  it('and an approval in the midst of them publish it once', async () => {
    const { id } = await waitingPost();
    const [result] = await Promise.all([
      review(id, { decision: 'approve', by: 'ana' }),
      // Those that come after its end have nobody to reach.
      flood(id, SOME).catch(() => undefined),
    ]);
    expect(result).toEqual({ status: 'publishing', revision: 1 });
    const post = await desk.postEnd(id);
    expect(post.publications).toHaveLength(1);
    expect(await desk.services.archive.records.findPost(id)).toEqual(post);
  });

  it('while its picture is made keep nobody from cancelling it', async () => {
    desk.standIns.control.set({ image: HOUR });
    const before = (await desk.standIns.ledger()).length;
    const { id } = await startPost();
    await desk.postUntil(id, ({ status }) => status === 'illustrating');
    await flood(id, SOME);
    expect(await desk.postStatus(id)).toMatchObject({ status: 'illustrating' });
    await desk.post(id).signal('cancel', { by: 'ana', reason: 'enough' });
    expect(await desk.post(id).result()).toMatchObject({ status: 'cancelled' });
    const [run] = await runsOf(id);
    expect(run?.events).toBeLessThan(10_000);
    expect(run?.records).toBeLessThan(10);
    const bills = (await desk.standIns.ledger()).slice(before);
    // One job, which was stopped: its bill was taken back.
    const fal = bills.filter(({ provider }) => provider === 'fal');
    expect(new Set(fal.map(({ requestId }) => requestId)).size).toBe(1);
    expect(sum(fal.map(({ amountNano }) => amountNano))).toBe(0);
  });

  it('while its picture is made: the next run waits for the person, with the picture', async () => {
    desk.standIns.control.set({ image: { latencyMs: 6_000 } });
    const { id } = await startPost();
    await desk.postUntil(id, ({ status }) => status !== 'drafting');
    await flood(id, SOME);
    desk.standIns.control.set({ image: NOW });
    const post = await desk.postUntil(id, ({ status }) => status === 'awaiting_approval');
    expect(post.pipeline.find(({ step }) => step === 'hero_image')).toMatchObject({
      state: 'done',
      asset: `${id}_hero.png`,
      costUsd: 0.06,
    });
    await review(id, { decision: 'approve', by: 'ana' });
    await expectPublishedOnce(id);
  });

  it('at a post that is blocked leave it blocked, with why; a resume tries it again', async () => {
    desk.standIns.control.fail({ on: 'result', kind: 'completed-error', code: 'content_policy_violation' });
    const { id } = await startPost();
    const blocked = await desk.postUntil(id, ({ status }) => status === 'blocked');
    await flood(id, SOME);
    expect(await desk.postStatus(id)).toMatchObject({
      status: 'blocked',
      error: blocked.error,
      costUsd: blocked.costUsd,
    });
    await review(id, { decision: 'resume', by: 'ana' });
    await desk.postUntil(id, ({ status }) => status === 'awaiting_approval');
    await review(id, { decision: 'approve', by: 'ana' });
    await expectPublishedOnce(id);
  });

  it('at a post that is scheduled leave it scheduled, and it is published at its time', async () => {
    const { id } = await waitingPost();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    await review(id, { decision: 'approve', by: 'ana', publishAt: later });
    await flood(id, SOME);
    expect(await desk.postStatus(id)).toMatchObject({ status: 'scheduled', slot: later, publications: [] });
    const publishAt = new Date(Date.now() + 5_000).toISOString();
    await review(id, { decision: 'reschedule', by: 'ana', publishAt });
    const post = await expectPublishedOnce(id);
    expect(Date.parse(String(post.publishedAt))).toBeGreaterThanOrEqual(Date.parse(publishAt));
  });

  it('that count, too: each edit is a revision, and the record says how many it no longer lists', async () => {
    const { id } = await waitingPost();
    const { runId } = await desk.post(id).describe();
    for (let sent = 0; sent < SOME; sent += 50)
      await Promise.all(
        Array.from({ length: 50 }, () => desk.post(id).signal('edit', { by: 'mo', title: 'Again' })),
      );
    const post = await desk.postUntil(id, ({ revision }) => revision === SOME + 1);
    expect(post.review[0]).toMatchObject({
      by: 'copydesk',
      note: '301 decisions up to here are no longer listed',
    });
    // An approval that comes before the last edit is recorded may still be decided by the first run.
    await until(
      () => desk.post(id).describe(),
      (now) => now.runId !== runId,
    );
    await review(id, { decision: 'approve', by: 'ana', revision: SOME + 1 });
    // What counts is recorded, several decisions at a time.
    await expectPublishedOnce(id, SOME / 10);
  });
});
