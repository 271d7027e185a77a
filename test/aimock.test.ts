import { join } from 'node:path';
import { LLMock, type JournalEntry } from '@copilotkit/aimock';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Charge } from '../contract/money/charge.js';
import type { PostStatus } from '../contract/status.js';
import { checkClip } from '../services/assets/check.js';
import { answerTexts, inputOf, makeClip, makePicture, startFalFront, type FalFront } from './aimock/front.js';
import { allWaiting, nano, row, startHarness, sum, type Harness } from './harness.js';

const FLUX = 'fal-ai/flux-pro/v1.1-ultra';
const KLING = 'fal-ai/kling-video/v3/pro/image-to-video';

/** By hand, in nano-USD: tokens of the fixtures x the price of a token, units of the fixtures x the price of a unit. */
const COST = {
  plan: 1_800 * 1_000 + 700 * 5_000,
  article: 1_200 * 100 + 600 * 500,
  clipText: 1_000 * 100 + 250 * 500,
  hero: 60_000_000,
  video: 5 * 112_000_000,
};
const ALL = COST.plan + 4 * COST.article + COST.clipText + 5 * COST.hero + COST.video;

const pixelsOf = (file: Uint8Array): Promise<Buffer> => sharp(file).raw().toBuffer();

const TEXT_PATH = { responses: '/v1/responses', chat: '/v1/chat/completions' };

/** aimock plays both providers: somebody else's idea of their APIs, with nothing of our own stand-ins. */
describe.each(['responses', 'chat'] as const)('with aimock for both providers, OPENAI_API=%s', (api) => {
  let aimock: LLMock;
  let front: FalFront;
  let desk: Harness;
  let batchId: string;
  let ids: string[];
  let picture: Uint8Array;
  let clip: Uint8Array;

  beforeAll(async () => {
    [picture, clip] = await Promise.all([makePicture(), makeClip()]);
    aimock = await LLMock.create({
      port: 0,
      strict: true,
      falQueue: { pollsBeforeInProgress: 1, pollsBeforeCompleted: 2 },
    });
    front = await startFalFront(aimock.url, { 'hero.png': picture, 'clip.mp4': clip });
    answerTexts(aimock);
    const files = `${front.url}/fal.media/files`;
    aimock.onFalImage(FLUX, { images: [{ url: `${files}/hero.png` }] }, { billableUnits: 1 });
    aimock.onFalVideo(
      KLING,
      { video: { id: 'clip', status: 'completed', url: `${files}/clip.mp4` } },
      { billableUnits: 5 },
    );
    desk = await startHarness({
      OPENAI_BASE_URL: `${aimock.url}/v1`,
      OPENAI_API_KEY: 'sk-test',
      OPENAI_API: api,
      OPENAI_PRICE: 'table',
      FAL_BASE_URL: front.url,
      FAL_KEY: 'id:secret',
    });
    batchId = await desk.startBatch({ hero_text: 4, video: 1 });
    const status = await desk.batchUntil(batchId, allWaiting(5));
    ids = status.posts.map((post) => post.id);
  }, 120_000);

  afterAll(async () => {
    await desk.close();
    await front.close();
    await aimock.stop();
  });

  const posts = (): Promise<PostStatus[]> => Promise.all(ids.map((id) => desk.postStatus(id)));
  const post = async (format: string): Promise<PostStatus> => {
    const found = (await posts()).find((one) => one.contentFormat === format);
    if (!found) throw new Error(`no ${format} in the batch`);
    return found;
  };
  const charges = (): Promise<Charge[]> => desk.services.archive.ledger.listCharges({ batchId });
  const calls = (path: string): JournalEntry[] =>
    aimock.getRequests().filter((entry) => entry.method === 'POST' && entry.path === path);

  it('makes five posts that wait, and none of it is an offline sample', async () => {
    const batch = await desk.batchStatus(batchId);
    expect(batch).toMatchObject({ status: 'running', offline: false, counts: { awaiting_approval: 5 } });
    expect(batch.posts.map(({ contentFormat }) => contentFormat).sort()).toEqual([
      ...Array<string>(4).fill('hero_text'),
      'video',
    ]);
    for (const one of await posts()) {
      expect(one).toMatchObject({
        status: 'awaiting_approval',
        gate: 'publish',
        revision: 1,
        offline: false,
      });
      const paid = one.pipeline.filter(({ step }) => ['draft', 'hero_image', 'video'].includes(step));
      expect(paid).toHaveLength(one.contentFormat === 'video' ? 3 : 2);
      for (const step of paid) expect(step).toMatchObject({ state: 'done', attempts: 1 });
    }
    expect((await charges()).map(({ offline }) => offline)).toEqual(Array(12).fill(false));
  });

  it('asked the planner and the drafter once each, by the API that was chosen', async () => {
    const [plan, ...drafts] = calls(TEXT_PATH[api]);
    expect(drafts).toHaveLength(5);
    expect(inputOf(plan?.body as never)).toContain((await desk.batchStatus(batchId)).specialMessage);
    const other = TEXT_PATH[api === 'chat' ? 'responses' : 'chat'];
    expect(calls(other)).toEqual([]);
  });

  it('has the pictures and the clip that aimock named, and the models on record', async () => {
    for (const { id, pipeline } of await posts()) {
      expect(pipeline.find(({ step }) => step === 'hero_image')).toMatchObject({
        state: 'done',
        provider: 'fal',
        model: FLUX,
        asset: `${id}_hero.png`,
        costUsd: 0.06,
      });
      const stored = await desk.services.assets.read(`${id}_hero.png`);
      // What is added to it says where it comes from, and changes no pixel.
      expect(await pixelsOf(stored)).toEqual(await pixelsOf(picture));
      expect((await sharp(stored).metadata()).format).toBe('png');
    }
    const video = await post('video');
    expect(row(video, 'video')).toMatchObject({ provider: 'fal', model: KLING, costUsd: 0.56 });
    const stored = await desk.services.assets.read(`${video.id}_video.mp4`);
    expect(Buffer.from(stored.subarray(0, clip.length))).toEqual(Buffer.from(clip));
    expect((await checkClip(join(desk.assetsFolder, `${video.id}_video.mp4`))).seconds).toBeGreaterThan(0);
    const frame = await desk.services.assets.read(`${video.id}_hero.png`);
    expect([...front.uploads.values()].map((sent) => Buffer.from(sent))).toEqual([Buffer.from(frame)]);
  });

  it('posted each job once, and waited for it through the queue', async () => {
    expect(calls(`/fal/${FLUX}`)).toHaveLength(5);
    expect(calls(`/fal/${KLING}`)).toHaveLength(1);
    const results = aimock
      .getRequests()
      .map(({ method, path }) => (method === 'GET' && /\/requests\/([^/]+)$/.exec(path)?.[1]) || null)
      .filter(Boolean);
    const made = (await charges()).filter(({ provider }) => provider === 'fal');
    expect(made.map(({ requestId }) => requestId).sort()).toEqual([...new Set(results)].sort());
    for (const one of await posts()) expect(row(one, 'hero_image')?.apiSeconds).toBeGreaterThan(0);
  });

  it('adds up to the sums by hand: tokens and units of aimock by the price table', async () => {
    const article = await post('hero_text');
    expect(nano(row(article, 'draft')?.costUsd ?? 0)).toBe(COST.article);
    expect(nano(article.costUsd)).toBe(COST.article + COST.hero);
    const video = await post('video');
    expect(nano(row(video, 'draft')?.costUsd ?? 0)).toBe(COST.clipText);
    expect(nano(video.costUsd)).toBe(COST.clipText + COST.hero + COST.video);
    const batch = await desk.batchStatus(batchId);
    expect(batch.pipeline.map(({ costUsd }) => nano(costUsd))).toEqual([COST.plan]);
    expect(nano(batch.costUsd)).toBe(ALL);
    expect(batch.unknownUsd).toBe(0);
    const all = await charges();
    expect(sum(all.map(({ amount }) => amount))).toBe(ALL);
    const of = (model: string) =>
      all.filter((one) => one.model === model).map(({ basis, quantity }) => [basis, quantity]);
    expect(of(FLUX)).toEqual(Array(5).fill(['metered', '1 image']));
    expect(of(KLING)).toEqual([['metered', '5 second']]);
    expect(of('gpt-6.1-terra')).toEqual([['priced', '1800 in (0 cached, 0 written), 700 out tokens']]);
  });
});
