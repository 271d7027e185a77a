import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveSignal, editSignal, rescheduleSignal, resumeSignal } from '../contract/messages.js';
import type { PostStatus } from '../contract/status.js';
import { createStoreUpload } from '../services/assets/store-upload.js';
import { accountWith } from './batch-input.js';
import { nano, rowsOf, startHarness, sum, type Harness } from './harness.js';

let desk: Harness;
beforeAll(async () => {
  desk = await startHarness({ COPYDESK_ALLOW_PRIVATE: '1' });
});
afterAll(() => desk.close());

const totals = (post: PostStatus): void =>
  expect(sum(post.pipeline.map(({ costUsd }) => nano(costUsd)))).toBe(nano(post.costUsd));

describe('revise', () => {
  it('has the words made anew, with the instructions reaching the model, and keeps the picture', async () => {
    const before = await desk.waitingPost();
    expect(
      await desk.review(before.id, { decision: 'revise', by: 'mo', instructions: 'Say it plainer.' }),
    ).toEqual({ status: 'drafting', revision: 2 });
    const after = await desk.waitsAgain(before.id, 2);
    const [, redone] = rowsOf(after, 'draft');
    expect(rowsOf(after, 'draft')).toMatchObject([
      { state: 'done', note: expect.stringContaining('replaced in revision 2') as string },
      { state: 'done', attempts: 1 },
    ]);
    expect(rowsOf(after, 'hero_image')).toHaveLength(1);
    expect(nano(after.costUsd)).toBe(nano(before.costUsd) + nano(Number(redone?.costUsd)));
    totals(after);
    // The second prompt holds the version that was read and what was asked, so it is the longer one.
    const charges = await desk.services.archive.ledger.listCharges({ postId: before.id });
    const tokens = charges
      .filter(({ step }) => step === 'draft')
      .map(({ quantity }) => Number.parseInt(String(quantity), 10));
    expect(tokens[1]).toBeGreaterThan(Number(tokens[0]) + 100);
  });

  it('has the picture made anew: the next file, its cost added, the old one still on the record', async () => {
    const before = await desk.waitingPost();
    await desk.review(before.id, { decision: 'revise', by: 'mo', instructions: 'Darker.', redo: 'image' });
    const after = await desk.waitsAgain(before.id, 2);
    expect(rowsOf(after, 'hero_image')).toMatchObject([
      { asset: `${before.id}_hero.png`, costUsd: 0.06 },
      { asset: `${before.id}_hero_2.png`, costUsd: 0.06 },
    ]);
    expect(nano(after.costUsd) - nano(before.costUsd)).toBe(60_000_000);
    expect(await desk.services.assets.size(`${before.id}_hero.png`)).toBeGreaterThan(0);
    totals(after);
    await desk.review(before.id, { decision: 'approve', by: 'mo', revision: 2 });
    await desk.postUntil(before.id, ({ status }) => status === 'published');
    expect((await desk.services.archive.records.findPublishedPost(before.id))?.edition.assets).toEqual([
      `${before.id}_hero_2.png`,
    ]);
  });

  it("on a video makes frame and clip anew for 'image', the clip alone for 'video'", async () => {
    const { id } = await desk.waitingPost('video');
    await desk.review(id, { decision: 'revise', by: 'mo', instructions: 'Slower.', redo: 'video' });
    const second = await desk.waitsAgain(id, 2);
    expect([rowsOf(second, 'hero_image').length, rowsOf(second, 'video').length]).toEqual([1, 2]);
    await desk.review(id, { decision: 'revise', by: 'mo', instructions: 'At dawn.', redo: 'image' });
    const third = await desk.waitsAgain(id, 3);
    expect(rowsOf(third, 'video').map(({ asset }) => asset)).toEqual([
      `${id}_video.mp4`,
      `${id}_video_2.mp4`,
      `${id}_video_3.mp4`,
    ]);
    expect(rowsOf(third, 'hero_image').at(-1)?.asset).toBe(`${id}_hero_2.png`);
    totals(third);
  });

  it('of a clip is refused where there is none, and an approval of the old revision is dropped', async () => {
    const { id } = await desk.waitingPost();
    const refused = desk.review(id, { decision: 'revise', by: 'mo', instructions: 'x', redo: 'video' });
    await expect(refused).rejects.toMatchObject({ cause: { message: 'a hero_text has no video' } });
    await desk.review(id, { decision: 'revise', by: 'mo', instructions: 'Shorter.' });
    await desk.waitsAgain(id, 2);
    await desk.post(id).signal(approveSignal, { by: 'mo', revision: 1, gate: 'publish' });
    const dropped = await desk.postUntil(id, (post) => post.review.length === 2);
    expect(dropped).toMatchObject({ status: 'awaiting_approval', publications: [] });
    expect(dropped.review[1]).toMatchObject({
      counted: false,
      note: 'dropped: the approval is for revision 1, the post is at revision 2',
    });
  });
});

describe('edit', () => {
  it("puts a person's words in as the next revision, at no cost, and they are what is published", async () => {
    const before = await desk.waitingPost();
    expect(
      await desk.review(before.id, {
        decision: 'edit',
        by: 'mo',
        title: 'My own title',
        hashtags: ['#mine'],
      }),
    ).toEqual({ status: 'awaiting_approval', revision: 2 });
    const after = await desk.waitsAgain(before.id, 2);
    expect(after).toMatchObject({
      title: 'My own title',
      hashtags: ['mine'],
      caption: before.caption,
      costUsd: before.costUsd,
    });
    await desk.review(before.id, { decision: 'approve', by: 'mo', revision: 2 });
    await desk.postUntil(before.id, ({ status }) => status === 'published');
    expect((await desk.services.archive.records.findPublishedPost(before.id))?.edition).toMatchObject({
      title: 'My own title',
      revision: 2,
    });
  });
});

describe("a person's own picture", () => {
  it("is published in place of the model's, and the next one that is made gets the number after it", async () => {
    const { assets, intake, archive } = desk.services;
    const { id, costUsd } = await desk.waitingPost();
    const drawn = sharp({ create: { width: 64, height: 36, channels: 3, background: '#0a7' } });
    const { asset } = await createStoreUpload({ assets, intake })(id, [await drawn.jpeg().toBuffer()]);
    expect(asset).toBe(`${id}_hero_2.png`);
    expect(await desk.review(id, { decision: 'edit', by: 'mo', hero: asset })).toEqual({
      status: 'awaiting_approval',
      revision: 2,
    });
    const after = await desk.waitsAgain(id, 2);
    expect(after.costUsd).toBe(costUsd);
    expect(rowsOf(after, 'hero_image').at(-1)).toMatchObject({
      ...{ asset, provider: null, model: null, costUsd: 0, note: 'picture by mo', state: 'done' },
    });
    const again = desk.review(id, { decision: 'edit', by: 'mo', hero: asset });
    await expect(again).rejects.toMatchObject({ cause: { message: expect.stringMatching(/used already/) } });
    await desk.review(id, { decision: 'revise', by: 'mo', instructions: 'Darker.', redo: 'image' });
    const third = await desk.waitsAgain(id, 3);
    expect(rowsOf(third, 'hero_image').at(-1)?.asset).toBe(`${id}_hero_3.png`);
    await expect
      .poll(async () =>
        (await archive.records.listRevisions(id)).map(({ revision, hero, by }) => [revision, hero, by]),
      )
      .toEqual([
        [1, `${id}_hero.png`, expect.any(String)],
        [2, asset, 'mo'],
        [3, `${id}_hero_3.png`, expect.any(String)],
      ]);
    totals(third);
  });
});

describe('edits that come together', () => {
  it('are each kept by the archive, though one record tells of them', async () => {
    const { id } = await desk.waitingPost();
    await desk.whileAway(async () => {
      await desk.post(id).signal(editSignal, { by: 'mo', title: 'The second title' });
      await desk.post(id).signal(editSignal, { by: 'ana', title: 'The third title' });
    });
    await desk.waitsAgain(id, 3);
    const seen = async () =>
      (await desk.services.archive.records.listRevisions(id)).map(({ revision, title, by }) => [
        revision,
        title,
        by,
      ]);
    await expect
      .poll(async () => (await seen()).slice(1))
      .toEqual([
        [2, 'The second title', 'mo'],
        [3, 'The third title', 'ana'],
      ]);
  });
});

describe('gate media', () => {
  it('asks before a picture is paid for; a duplicate approval at the next gate publishes nothing', async () => {
    const first = await desk.waitingPost('hero_text', await accountWith({}, { gates: ['media', 'publish'] }));
    expect(first).toMatchObject({ gate: 'media', publications: [] });
    expect(rowsOf(first, 'hero_image')).toMatchObject([{ state: 'pending', costUsd: 0 }]);
    await desk.review(first.id, { decision: 'approve', by: 'mo', gate: 'media', revision: 1 });
    const second = await desk.postUntil(first.id, (post) => post.gate === 'publish');
    await desk.post(first.id).signal(approveSignal, { by: 'mo', gate: 'media', revision: 1 });
    const dropped = await desk.postUntil(first.id, (post) => post.review.length === 2);
    expect(dropped).toMatchObject({ status: 'awaiting_approval', publications: [], costUsd: second.costUsd });
    expect(dropped.review[1]).toMatchObject({
      counted: false,
      note: 'dropped: the approval is for gate media, the open gate is publish',
    });
    await desk.review(first.id, { decision: 'revise', by: 'mo', instructions: 'Darker.', redo: 'image' });
    expect(await desk.waitsAgain(first.id, 2)).toMatchObject({ gate: 'media', costUsd: second.costUsd });
    await desk.review(first.id, { decision: 'approve', by: 'mo' });
    await desk.postUntil(first.id, (post) => post.gate === 'publish');
    await desk.review(first.id, { decision: 'approve', by: 'mo' });
    expect(await desk.postUntil(first.id, ({ status }) => status === 'published')).toMatchObject({
      revision: 2,
    });
  });
});

describe('a post that is blocked', () => {
  it('goes on after a revision as well as after a resume', async () => {
    desk.standIns.control.fail({ on: 'result', kind: 'completed-error', code: 'content_policy_violation' });
    const { id, ...blocked } = await desk.blockedPost();
    expect(blocked).toMatchObject({ error: { type: 'Provider.ContentPolicy' } });
    await desk.review(id, { decision: 'revise', by: 'mo', instructions: 'A calmer picture.', redo: 'image' });
    const after = await desk.waitsAgain(id, 2);
    expect(rowsOf(after, 'hero_image')).toMatchObject([
      { state: 'failed' },
      { state: 'done', asset: `${id}_hero.png` },
    ]);
    expect(after.error).toBeNull();
    await desk.post(id).signal(resumeSignal, { by: 'mo' });
    const noted = await desk.postUntil(id, (post) => post.review.length === 2);
    expect(noted.review[1]).toMatchObject({
      counted: false,
      note: 'dropped: there is nothing to mend: the post is not blocked but awaiting_approval',
    });
  });
});

describe('a time of the past', () => {
  const publishAt = '2026-01-05T09:00:00Z';
  const problem = `publishAt='${publishAt}' is not in the future (it is `;
  const dropped = (post: PostStatus) => post.review.filter(({ counted }) => !counted).length;

  it('publishes nothing: an update is refused, a signal dropped with the reason', async () => {
    const { id } = await desk.waitingPost();
    await expect(desk.review(id, { decision: 'approve', by: 'mo', publishAt })).rejects.toMatchObject({
      cause: { message: expect.stringContaining(problem) as string },
    });
    await desk.post(id).signal(approveSignal, { by: 'mo', publishAt });
    const waiting = await desk.postUntil(id, (post) => dropped(post) === 1);
    expect(waiting).toMatchObject({ status: 'awaiting_approval', gate: 'publish' });
    expect(waiting.review.at(-1)?.note).toContain(`dropped: ${problem}`);

    const later = new Date(Date.now() + 3_600_000).toISOString();
    await desk.review(id, { decision: 'approve', by: 'mo', publishAt: later });
    await desk.post(id).signal(rescheduleSignal, { by: 'mo', publishAt });
    const scheduled = await desk.postUntil(id, (post) => dropped(post) === 2);
    expect(scheduled).toMatchObject({ status: 'scheduled', slot: later, publications: [] });
    await desk.review(id, { decision: 'cancel', by: 'mo' });
  });
});
