import { Context } from '@temporalio/activity';
import { existsSync, readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inProcess } from '../command/testing/in-process.js';
import { knownNano } from '../contract/money/charge.js';
import { cancelSignal, rejectSignal } from '../contract/messages.js';
import type { PostStatus } from '../contract/status.js';
import type { LedgerEntry } from '../offline/stand-ins.js';
import type { MediaState } from '../services/media/media.js';
import { nano, row, startHarness, sum, type Harness } from './harness.js';
import { until } from './until.js';

const HOUR = { latencyMs: 3_600_000 };
const NOW = { latencyMs: 0 };

let desk: Harness;
/** A picture that is there already when its post is cancelled, and that Temporal hears of after that. */
let endsAfterCancel = false;
let isStored = false;
beforeAll(async () => {
  desk = await startHarness(
    {},
    {
      media: 'plain',
      activities: (all) => ({
        ...all,
        async collect(order) {
          const collected = await all.collect(order);
          isStored = true;
          if (endsAfterCancel) await Context.current().cancelled.catch(() => undefined);
          return collected;
        },
      }),
    },
  );
}, 60_000);
afterEach(() => {
  endsAfterCancel = false;
  desk.standIns.control.clear();
  desk.standIns.control.set({ openai: NOW, image: NOW, video: NOW });
});
afterAll(() => desk.close());

const bills = (since: number): Promise<LedgerEntry[]> =>
  desk.standIns.ledger().then((entries) => entries.slice(since));

/** A post that has come to a step, and the ledger's length before its batch. */
async function postAt(
  format: 'hero_text' | 'video',
  wanted: (status: PostStatus) => boolean,
): Promise<{ id: string; before: number }> {
  const before = (await desk.standIns.ledger()).length;
  const batchId = await desk.startBatch({ [format]: 1 });
  const { posts } = await desk.batchUntil(batchId, (batch) => batch.posts.length === 1);
  const id = posts[0]!.id;
  await desk.postUntil(id, wanted);
  return { id, before };
}

/** The post's job of a model, once fal has accepted it, in a state. */
async function job(before: number, model: string, state: MediaState): Promise<string> {
  const [entry] = await until(
    () => bills(before).then((entries) => entries.filter((one) => one.model.includes(model))),
    (entries) => entries.length > 0,
  );
  await until(
    () => desk.services.media.state(entry!.model, entry!.requestId),
    (now) => now.state === state,
  );
  return entry!.requestId;
}

/** Cancels it and waits for its end, which must leave nothing behind. */
async function cancelled(id: string, before: number): Promise<PostStatus> {
  await desk.post(id).signal(cancelSignal, { by: 'mo', reason: 'changed my mind' });
  return ended(id, before, 'cancelled');
}

async function ended(id: string, before: number, status: string): Promise<PostStatus> {
  const post = await desk.postEnd(id);
  expect(post).toMatchObject({ status, gate: null });
  expect(post.pipeline.filter(({ state }) => state === 'running' || state === 'pending')).toEqual([]);
  const { archive } = desk.services;
  expect(await archive.records.findPost(id)).toEqual(post);
  expect(await archive.ledger.listHolds({ postId: id })).toEqual([]);
  const files = existsSync(desk.assetsFolder) ? readdirSync(desk.assetsFolder) : [];
  const listed = post.pipeline.flatMap(({ asset }) => asset ?? []);
  expect(files.filter((file) => file.includes(id)).sort()).toEqual(listed.sort());
  // What was billed is on the record, to the nano-dollar; the plan is the batch's.
  const charges = await archive.ledger.listCharges({ postId: id });
  const billed = (await bills(before)).filter(({ model }) => model !== 'gpt-6.1-terra');
  expect(knownNano(charges)).toBe(sum(billed.map(({ amountNano }) => amountNano)));
  expect(nano(post.costUsd)).toBe(knownNano(charges));
  return post;
}

/** Cancels a post that looks for a job in fal's history, which can't be read until it is cancelled, and waits for its end. */
async function cancelledWhileItLooks(): Promise<PostStatus> {
  desk.standIns.control.fail({ on: 'history', kind: 'status', status: 500, times: 1_000 });
  const { id, before } = await postAt(
    'hero_text',
    (post) => row(post, 'hero_image')?.note?.startsWith('looking for a job') ?? false,
  );
  await desk.post(id).signal(cancelSignal, { by: 'mo', reason: 'changed my mind' });
  desk.standIns.control.clear();
  return ended(id, before, 'cancelled');
}

describe('a post that is cancelled', () => {
  it('while it is drafted has its draft paid for, and on the record', async () => {
    desk.standIns.control.set({ openai: { latencyMs: 5_000 }, plan: { latencyMs: 0 } });
    const { id, before } = await postAt('hero_text', () => true);
    await until(
      () => bills(before),
      (entries) => entries.length >= 2,
    );
    const post = await cancelled(id, before);
    expect(row(post, 'draft')?.costUsd).toBeGreaterThan(0);
  });

  it('while its picture waits in the queue takes the job out of it, for nothing', async () => {
    desk.standIns.control.set({ image: HOUR });
    const { id, before } = await postAt('hero_text', ({ status }) => status === 'illustrating');
    const requestId = await job(before, 'flux', 'queued');
    const post = await cancelled(id, before);
    expect(row(post, 'hero_image')).toMatchObject({
      state: 'skipped',
      costUsd: 0,
      note: `hero image: job ${requestId} was stopped and cost nothing`,
    });
  });

  it('while its picture is made pays for it and says so', async () => {
    desk.standIns.control.set({ image: { latencyMs: 25_000 } });
    const { id, before } = await postAt('hero_text', ({ status }) => status === 'illustrating');
    const requestId = await job(before, 'flux', 'running');
    await desk.post(id).signal(cancelSignal, { by: 'mo' });
    // The desk shows it at once; what it costs comes when fal has ended the job.
    await until(
      () => desk.services.archive.records.findPost(id),
      (stored) => stored?.status === 'cancelled' && stored.costUsd < 0.06,
    );
    const post = await ended(id, before, 'cancelled');
    expect(row(post, 'hero_image')).toMatchObject({
      state: 'skipped',
      costUsd: 0.06,
      note: `hero image: job ${requestId} was asked to stop, had begun and was paid for`,
    });
    const charges = await desk.services.archive.ledger.listCharges({ postId: id });
    expect(charges.at(-1)).toMatchObject({ outcome: 'cancelled', requestId });
  });

  it('while fal asks it to wait sends no job', async () => {
    desk.standIns.control.set({ image: HOUR });
    desk.standIns.control.fail({ on: 'submit', kind: 'status', status: 429, retryAfter: 1 });
    const { id, before } = await postAt('hero_text', ({ status }) => status === 'illustrating');
    await cancelled(id, before);
  });

  it('while a submit without an answer is looked for finds the job, and stops it', async () => {
    desk.standIns.control.set({ image: { latencyMs: 1_500 } });
    desk.standIns.control.fail({ on: 'submit', kind: 'drop-after' });
    const post = await cancelledWhileItLooks();
    expect(row(post, 'hero_image')).toMatchObject({ state: 'skipped', costUsd: 0.06 });
  });

  it('while a submit that was never accepted is looked for says that it may have been paid', async () => {
    desk.standIns.control.fail({ on: 'submit', kind: 'drop-before' });
    const post = await cancelledWhileItLooks();
    expect(post.unknownUsd).toBe(0.06);
    expect(row(post, 'hero_image')?.note).toContain('it may have been paid');
  });

  it('while its file is fetched keeps no file', async () => {
    desk.standIns.control.fail({ on: 'download', kind: 'status', status: 404, times: 50 });
    const { id, before } = await postAt('hero_text', ({ status }) => status === 'illustrating');
    await job(before, 'flux', 'completed');
    const post = await cancelled(id, before);
    expect(row(post, 'hero_image')?.costUsd).toBe(0.06);
  });

  it('just when its picture is stored keeps it, and opens no gate', async () => {
    endsAfterCancel = true;
    isStored = false;
    const { id, before } = await postAt('hero_text', ({ status }) => status === 'illustrating');
    await until(() => Promise.resolve(isStored), Boolean);
    const post = await cancelled(id, before);
    expect(row(post, 'hero_image')).toMatchObject({ state: 'done', asset: `${id}_hero.png` });
    const review = row(post, 'review');
    expect(review?.state).toBe('skipped');
    expect(review).not.toHaveProperty('note');
  });

  it('while its clip is filmed keeps the frame, and pays for the clip only if that goes on', async () => {
    desk.standIns.control.set({ video: HOUR });
    const { id, before } = await postAt('video', ({ status }) => status === 'filming');
    await job(before, 'kling', 'queued');
    const post = await cancelled(id, before);
    expect(row(post, 'hero_image')).toMatchObject({ state: 'done', asset: `${id}_hero.png` });
    expect(row(post, 'video')).toMatchObject({ state: 'skipped', costUsd: 0 });
  });

  it('while it waits for a person, or for its time, costs no more', async () => {
    const waiting = await postAt('hero_text', ({ status }) => status === 'awaiting_approval');
    await cancelled(waiting.id, waiting.before);
    const scheduled = await postAt('hero_text', ({ status }) => status === 'awaiting_approval');
    const publishAt = new Date(Date.now() + HOUR.latencyMs).toISOString();
    await desk.post(scheduled.id).signal('approve', { by: 'mo', publishAt });
    await desk.postUntil(scheduled.id, ({ status }) => status === 'scheduled');
    await cancelled(scheduled.id, scheduled.before);
  });

  it('while it is blocked with a job that was paid for has that charged', async () => {
    desk.standIns.control.fail({ on: 'result', kind: 'status', status: 401, times: 50 });
    const { id, before } = await postAt('hero_text', ({ status }) => status === 'blocked');
    desk.standIns.control.clear();
    await desk.post(id).signal(rejectSignal, { by: 'mo', reason: 'not worth it' });
    const post = await ended(id, before, 'rejected');
    expect(row(post, 'hero_image')?.costUsd).toBe(0.06);
  });
});

it('a batch that is cancelled by the command waits for its posts to clean up; each has who and why, it what that cost', async () => {
  desk.standIns.control.set({ image: { latencyMs: 2_500 } });
  const before = (await desk.standIns.ledger()).length;
  const batchId = await desk.startBatch({ hero_text: 3 });
  await until(
    () => bills(before),
    (entries) => entries.filter(({ provider }) => provider === 'fal').length === 3,
  );
  const args = ['batch', 'cancel', batchId, '--by', 'ana', '--reason', 'overtaken', '--json'];
  expect(await inProcess(args, desk.env)).toMatchObject({ code: 0, stderr: '' });
  await expect(desk.batch(batchId).result()).rejects.toMatchObject({ name: 'WorkflowFailedError' });
  const status = (await desk.services.archive.records.findBatch(batchId))!;
  expect(status).toMatchObject({ status: 'cancelled', counts: { cancelled: 3 } });
  expect(nano(status.costUsd)).toBe(sum((await bills(before)).map(({ amountNano }) => amountNano)));
  expect(await desk.services.archive.ledger.listHolds({ batchId })).toEqual([]);
  for (const { id } of status.posts)
    expect(await desk.postStatus(id)).toMatchObject({
      status: 'cancelled',
      review: [{ decision: 'cancel', by: 'ana', note: 'overtaken', counted: true }],
    });
});
