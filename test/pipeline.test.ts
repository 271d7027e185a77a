import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveAllSignal, resumeSignal } from '../contract/messages.js';
import { checkClip } from '../services/assets/check.js';
import { allWaiting, nano, row, startHarness, sum, type Harness } from './harness.js';

let desk: Harness;
beforeAll(async () => {
  desk = await startHarness();
});
afterAll(() => desk.close());

describe('a batch of five', () => {
  let batchId: string;
  let ids: string[];
  beforeAll(async () => {
    batchId = await desk.startBatch({ hero_text: 4, video: 1 });
    const status = await desk.batchUntil(batchId, allWaiting(5));
    ids = status.posts.map((post) => post.id);
  }, 90_000);

  it('holds the mix exactly, with distinct titles, under the sentence of the design', async () => {
    const { posts, specialMessage, status, counts } = await desk.batchStatus(batchId);
    expect(posts.map((post) => post.contentFormat).sort()).toEqual([
      ...Array<string>(4).fill('hero_text'),
      'video',
    ]);
    expect(new Set(posts.map((post) => post.title)).size).toBe(5);
    expect(specialMessage).toBe(
      "Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'.",
    );
    expect({ status, counts }).toEqual({ status: 'running', counts: { awaiting_approval: 5 } });
  });

  it('gives each post a plan, a draft in house style and pictures that decode', async () => {
    for (const id of ids) {
      const post = await desk.postStatus(id);
      for (const part of [
        post.plan.topic,
        post.plan.angle,
        post.plan.rationale,
        post.plan.button,
        post.caption,
        post.altText,
      ])
        expect(part).not.toBe('');
      expect(post.hashtags.length).toBeGreaterThan(0);
      const hero = row(post, 'hero_image');
      expect(hero).toMatchObject({
        state: 'done',
        provider: 'fal',
        model: 'fal-ai/flux-pro/v1.1-ultra',
        asset: `${id}_hero.png`,
        costUsd: 0.06,
        attempts: 1,
      });
      expect(hero?.apiSeconds).toBeGreaterThanOrEqual(0);
      expect(Date.parse(String(hero?.at))).toBeLessThanOrEqual(Date.now());
      const { width = 0, height = 0 } = await sharp(
        await desk.services.assets.read(`${id}_hero.png`),
      ).metadata();
      if (post.contentFormat === 'hero_text') {
        expect(post.body?.split('\n\n').length).toBeGreaterThanOrEqual(3);
        expect(post.body?.endsWith(post.plan.button)).toBe(true);
        expect(width).toBeGreaterThan(height);
      } else {
        expect(post.body).toBeNull();
        expect(row(post, 'video')).toMatchObject({ asset: `${id}_video.mp4`, costUsd: 0.56 });
        const { seconds } = await checkClip(join(desk.assetsFolder, `${id}_video.mp4`));
        expect(seconds).toBeGreaterThan(0);
        expect(height).toBeGreaterThan(width);
      }
    }
  });

  it("adds up: rows to posts, posts and plan to the batch, and all to the stand-in's ledger", async () => {
    const batch = await desk.batchStatus(batchId);
    const posts = await Promise.all(ids.map((id) => desk.postStatus(id)));
    for (const post of posts) {
      expect(sum(post.pipeline.map(({ costUsd }) => nano(costUsd)))).toBe(nano(post.costUsd));
      expect(row(post, 'plan')).toMatchObject({ costUsd: 0, note: 'paid by the batch' });
    }
    const plan = sum(batch.pipeline.map(({ costUsd }) => nano(costUsd)));
    expect(plan).toBeGreaterThan(0);
    expect(plan + sum(posts.map(({ costUsd }) => nano(costUsd)))).toBe(nano(batch.costUsd));
    const ledger = await desk.standIns.ledger();
    expect(sum(ledger.map(({ amountNano }) => amountNano))).toBe(nano(batch.costUsd));
    expect(batch.unknownUsd).toBe(0);
  });

  it('publishes what approveAll approves, once, and ends with its record in the archive', async () => {
    await desk.batch(batchId).signal(approveAllSignal, { by: 'mo', note: 'all good' });
    const done = await desk.batchUntil(batchId, ({ status }) => status === 'done');
    expect(done.counts).toEqual({ published: 5 });
    const result = await desk.batch(batchId).result();
    expect(result).toEqual(done);
    expect(await desk.services.archive.records.findBatch(batchId)).toEqual(done);
    for (const id of ids) {
      const post = await desk.postStatus(id);
      expect(post).toMatchObject({
        status: 'published',
        gate: null,
        publications: [{ target: 'feed', url: `http://127.0.0.1:8300/@ashtalksai/posts/${id}` }],
      });
      expect(post.review).toMatchObject([
        { decision: 'approve', by: 'mo', revision: 1, gate: 'publish', note: 'all good', counted: true },
      ]);
      await desk.post(id).result();
      expect(await desk.services.archive.records.findPost(id)).toEqual(post);
    }
    expect(await desk.services.archive.records.listPublishedPosts('ashtalksai', { limit: 50 })).toHaveLength(
      5,
    );
  });
});

describe('bad days', () => {
  const pictures = async (): Promise<number> =>
    (await desk.standIns.ledger()).filter(({ provider }) => provider === 'fal').length;

  it('asks again when the plan is off the mix and the draft off the style, and counts every paid try', async () => {
    desk.standIns.control.fail({ on: 'openai', kind: 'off-mix', match: '^plan' });
    desk.standIns.control.fail({ on: 'openai', kind: 'off-style', match: '^draft' });
    const before = (await desk.standIns.ledger()).length;
    const batchId = await desk.startBatch({ hero_text: 2, video: 1 });
    const status = await desk.batchUntil(batchId, allWaiting(3));
    expect(status.posts.map((post) => post.contentFormat).sort()).toEqual([
      'hero_text',
      'hero_text',
      'video',
    ]);
    expect(status.pipeline).toMatchObject([{ attempts: 2, state: 'done' }]);
    const ledger = (await desk.standIns.ledger()).slice(before);
    expect(sum(ledger.map(({ amountNano }) => amountNano))).toBe(nano(status.costUsd));
    const charges = await desk.services.archive.ledger.listCharges({ batchId });
    expect(
      charges
        .filter(({ outcome }) => outcome === 'rule_broken')
        .map(({ step }) => step)
        .sort(),
    ).toEqual(['draft', 'plan']);
  });

  it("blocks on a wrong key with the provider's words, and goes on when a person resumes", async () => {
    desk.standIns.control.fail({ on: 'submit', kind: 'status', status: 401 });
    const { id, ...blocked } = await desk.blockedPost();
    expect(blocked).toMatchObject({
      status: 'blocked',
      error: { type: 'Provider.Authentication' },
    });
    await desk.post(id).signal(resumeSignal, { by: 'mo' });
    const waiting = await desk.postUntil(id, ({ status }) => status === 'awaiting_approval');
    expect(waiting).toMatchObject({ error: null, review: [{ decision: 'resume', counted: true }] });
    expect(row(waiting, 'hero_image')).toMatchObject({ state: 'done', attempts: 1, costUsd: 0.06 });
  });

  it('blocks after three paid answers that could not be used, with all charges', async () => {
    desk.standIns.control.fail({ on: 'openai', kind: 'refusal', match: '^draft', times: 3 });
    const post = await desk.blockedPost();
    expect(post).toMatchObject({
      error: { type: 'Output.NotUsable' },
      pipeline: [{}, { step: 'draft', state: 'failed', attempts: 3 }, {}, {}, {}],
    });
    expect(post.costUsd).toBeGreaterThan(0);
  });

  it('collects a picture that was paid for once a wrong key is mended, and never orders it again', async () => {
    desk.standIns.control.fail({ on: 'result', kind: 'status', status: 401 });
    const before = await pictures();
    const { id } = await desk.blockedPost();
    await desk.post(id).signal(resumeSignal, { by: 'mo' });
    const waiting = await desk.postUntil(id, ({ status }) => status === 'awaiting_approval');
    expect(row(waiting, 'hero_image')).toMatchObject({ state: 'done', attempts: 1, costUsd: 0.06 });
    expect(await pictures()).toBe(before + 1);
  });

  it('takes over a job whose submit had no answer: one picture, one charge', async () => {
    desk.standIns.control.fail({ on: 'submit', kind: 'drop-after' });
    const before = await pictures();
    const post = await desk.waitingPost();
    expect(row(post, 'hero_image')).toMatchObject({
      attempts: 1,
      costUsd: 0.06,
      note: 'the submit had no answer; its job was found and taken over',
    });
    expect(await pictures()).toBe(before + 1);
  });

  it('never pays again for a submit that may have been accepted, until a person says so', async () => {
    desk.standIns.control.fail({ on: 'submit', kind: 'drop-before' });
    const { id, ...blocked } = await desk.blockedPost();
    expect(blocked).toMatchObject({
      unknownUsd: 0.06,
      error: { type: 'Provider.UnknownOutcome' },
    });
    await desk.post(id).signal(resumeSignal, { by: 'mo' });
    const waiting = await desk.postUntil(id, ({ status }) => status === 'awaiting_approval');
    expect(row(waiting, 'hero_image')).toMatchObject({ costUsd: 0.06, attempts: 2 });
    expect(waiting.unknownUsd).toBe(0.06);
  });

  it('counts a lost answer of the model as unknown, and asks again', async () => {
    desk.standIns.control.fail({ on: 'openai', kind: 'drop-after', match: '^draft' });
    const post = await desk.waitingPost();
    expect(row(post, 'draft')).toMatchObject({ state: 'done', attempts: 2 });
    expect(post.unknownUsd).toBeGreaterThan(0);
  });
});
