import { describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkClip, checkPicture } from '../services/assets/check.js';
import { pngTelling, provenanceXmp } from '../services/assets/provenance.js';
import { readXmp } from '../services/assets/testing/read-xmp.js';
import { HOSTILE_CLIPS } from '../services/assets/testing/hostile-clips.js';
import { until } from '../test/until.js';
import { createCollect, type CollectTask } from './collect.js';
import type { MediaTask } from './media-task.js';
import { createStop } from './stop.js';
import { createSubmit } from './submit.js';
import { clipTask, FLUX, KLING, pictureTask, spend } from './testing/samples.js';
import { json, type Reply } from './testing/recorder.js';
import { kept, perform, surroundings } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

const HOUR = 3_600_000;

const stage = useStage();

async function submitted(task: MediaTask = pictureTask(), number = 1): Promise<CollectTask> {
  const { requestId } = kept(await perform(createSubmit(stage.services()).submit, task, spend));
  return { task, requestId, number, spend, once: false };
}
const PACE = { poll: () => 100, result: { patience: 2_000, pause: 50 }, downloads: [0, 0] };
const collect = (order: CollectTask, around = surroundings(), services = stage.services()) =>
  around.run(createCollect(services, PACE).collect, order);

const isStatus = (path: string): boolean => path.includes('/status');
const withUnits = (reply: Reply, units: string): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'x-fal-billable-units': units },
});
/** Has the result of every job be another than the stand-in's. */
const resultsAre = (change: (reply: Reply) => Reply): void =>
  stage.recorder.play('/requests/', async ({ path }, behind) =>
    isStatus(path) ? behind() : change(await behind()),
  );
const fetched = (): number => stage.recorder.sent('GET', '/files/').length;
const sizeOf = (asset: string) => stage.services().assets.size(asset);
const words = (pattern: RegExp) => expect.stringMatching(pattern) as string;
const paid = (outcome: string) => [{ amount: 60_000_000, basis: 'metered', outcome }];

/** What a stored file says of itself, whatever made it. */
const MADE = {
  DigitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
  Identifier: 'UpkTZ26nc9Eb',
};

describe('a job that made its file', () => {
  it('has it downloaded, checked and stored, with the charge that fal metered', async () => {
    const order = await submitted(pictureTask(), 2);
    const around = surroundings();
    const { charges, ...collected } = await collect(order, around);
    const [bill] = await stage.bill();
    const at = expect.any(String) as string;
    expect(collected).toEqual({ asset: 'UpkTZ26nc9Eb_hero_2.png', error: null, again: null, seconds: 0, at });
    expect(charges).toEqual([
      {
        ...{ key: `post/UpkTZ26nc9Eb/hero_image/${order.task.seed}`, step: 'hero_image', provider: 'fal' },
        ...{ model: FLUX, quantity: '1 image', unitPrice: '0.06 USD per image', amount: bill?.amountNano },
        ...{ basis: 'metered', outcome: 'kept', requestId: order.requestId, prompt: null, offline: true, at },
      },
    ]);
    const stored = join(stage.folder, 'assets', 'UpkTZ26nc9Eb_hero_2.png');
    expect(await checkPicture(stored)).toMatchObject({ width: 1280, height: 720 });
    // It says that, and nothing else.
    const bytes = await readFile(stored);
    const xmp = provenanceXmp({ postId: 'UpkTZ26nc9Eb', model: `${FLUX} (offline sample)` });
    expect(pngTelling(bytes, xmp)?.equals(bytes)).toBe(true);
    expect(await readXmp(stored)).toMatchObject({ ...MADE, AISystemUsed: `${FLUX} (offline sample)` });
    expect(around.heartbeats).toContainEqual({ requestId: order.requestId, tries: 1 });
  });

  it('is waited for, and its charge is the same however often it is collected', async () => {
    stage.control.set({ image: { latencyMs: 2_000 } });
    const order = await submitted();
    const first = await collect(order);
    expect(first.seconds).toBeCloseTo(1.6);
    expect(stage.recorder.sent('GET', '/status').length).toBeGreaterThan(1);
    const second = await collect(order);
    expect(second.charges.map(({ key, amount }) => ({ key, amount }))).toEqual(
      first.charges.map(({ key, amount }) => ({ key, amount })),
    );
    expect(stage.recorder.sent('POST', '/queue.fal.run/')).toHaveLength(1);
  });

  it('is a clip: stored whole, and charged by its seconds', async () => {
    const collected = await collect(await submitted(clipTask()));
    const [bill] = await stage.bill();
    expect(collected).toMatchObject({
      ...{ asset: 'UpkTZ26nc9Eb_video.mp4', error: null },
      charges: [{ model: KLING, quantity: '5 second', amount: bill?.amountNano, basis: 'metered' }],
    });
    const stored = join(stage.folder, 'assets', 'UpkTZ26nc9Eb_video.mp4');
    expect((await checkClip(stored)).seconds).toBeGreaterThan(0);
    expect(await readXmp(stored)).toMatchObject({ ...MADE, AISystemUsed: `${KLING} (offline sample)` });
  });
});

describe('a job that failed', () => {
  const POLICY = 'Provider.ContentPolicy';
  const FLAGGED = /flagged by a content checker/;
  const NO_MEDIA = /^fal: result: No media was generated\. Please try again with a different prompt\.$/;
  it.each([
    ['costs nothing where nothing was metered', undefined, POLICY, FLAGGED, '0', []],
    ['costs what was metered all the same', undefined, POLICY, FLAGGED, '1', paid('failed')],
    ['for another reason keeps its words', 'no_media_generated', 'Provider.JobFailed', NO_MEDIA, '0', []],
  ])('%s', async (_what, code, type, message, units, charges) => {
    stage.control.fail({ on: 'submit', kind: 'completed-error', code });
    const order = await submitted();
    resultsAre((reply) => withUnits(reply, units));
    const { requestId } = order;
    expect(await collect(order)).toMatchObject({
      ...{ asset: null, charges, error: { type, message: words(message), requestId } },
    });
  });

  it('by the safety filter is paid for and kept nowhere', async () => {
    const order = await submitted(pictureTask(), 7);
    resultsAre(({ body }) =>
      withUnits(json({ ...(JSON.parse(String(body)) as object), has_nsfw_concepts: [true] }), '1'),
    );
    const { requestId } = order;
    const error = { type: POLICY, requestId };
    expect(await collect(order)).toMatchObject({ asset: null, charges: paid('refused'), error });
    expect(await sizeOf('UpkTZ26nc9Eb_hero_7.png')).toBeNull();
  });
});

/** What is told of a file that was paid for and can't be had. */
const refused = (message: RegExp) => ({
  ...{ asset: null, again: 'file', charges: paid('failed') },
  error: { type: 'Asset.Refused', message: words(message) },
});

describe('a file that is not there', () => {
  it('is fetched again: it may come yet', async () => {
    stage.control.fail({ on: 'download', kind: 'status', status: 404, times: 2 });
    const collected = { asset: 'UpkTZ26nc9Eb_hero_8.png', charges: [{ outcome: 'kept' }] };
    expect(await collect(await submitted(pictureTask(), 8))).toMatchObject(collected);
    expect(fetched()).toBe(3);
  });

  it('is given up in time, with its charge, for a person to have it fetched again', async () => {
    stage.control.fail({ on: 'download', kind: 'html', times: 100 });
    const order = await submitted(pictureTask(), 9);
    const { requestId } = order;
    const collected = await collect(order);
    expect(collected).toMatchObject(refused(/the file is HTML/));
    expect([collected.error?.requestId, collected.charges[0]?.requestId]).toEqual([requestId, requestId]);
    expect(await sizeOf('UpkTZ26nc9Eb_hero_9.png')).toBeNull();
    expect(fetched()).toBe(3);
    stage.control.clear();
    // Paid once, and the archive knows that it was of use after all.
    const again = await collect(order);
    expect(again).toMatchObject({ asset: 'UpkTZ26nc9Eb_hero_9.png', charges: [{ outcome: 'kept' }] });
    const stored = await stage.archive.ledger.listCharges({ postId: 'UpkTZ26nc9Eb' });
    expect(stored.filter((charge) => charge.requestId === requestId)).toEqual(again.charges);
  });

  it('is a job whose result names none', async () => {
    const order = await submitted();
    resultsAre(() => withUnits(json({ images: [] }), '1'));
    expect(await collect(order)).toMatchObject(refused(/^fal: the result names no file/));
  });
});

describe('a file that would be the same again', () => {
  it('leads to no public address, and is asked for once', async () => {
    const order = await submitted();
    const headers = { location: 'https://127.0.0.1/' };
    stage.recorder.play('/files/', () => ({ status: 302, headers, body: '' }));
    const why =
      /^fal: download: 127\.0\.0\.1 is not a public address; COPYDESK_ALLOW_PRIVATE=1 allows it; it was paid for: resume/;
    expect(await collect(order)).toMatchObject(refused(why));
    expect(fetched()).toBe(1);
  });

  it('claims what it does not hold, and is fetched once', async () => {
    const order = await submitted(clipTask());
    const headers = { 'content-type': 'video/mp4' };
    const body = HOSTILE_CLIPS['samples in a chunk']!();
    stage.recorder.play('/files/', () => ({ status: 200, headers, body }));
    const { error } = refused(/^the MP4 claims 4,294,967,295 samples in its stsc box/);
    expect(await collect(order)).toMatchObject({ again: 'file', asset: null, error });
    expect(fetched()).toBe(1);
  });

  it('has ended two workers by what the server heard, and is tried once more when a person says so', async () => {
    const order = await submitted(pictureTask(), 21);
    const { requestId } = order;
    const heard = surroundings({ attempt: 3, heartbeatDetails: { requestId, tries: 2 } });
    const twice = /^the file has ended its process twice while it was checked; it was paid for: resume/;
    expect(await collect(order, heard)).toMatchObject(refused(twice));
    expect(fetched()).toBe(0);
    const around = surroundings();
    expect(await collect(order, around)).toMatchObject({ asset: 'UpkTZ26nc9Eb_hero_21.png', error: null });
    expect(around.heartbeats).toEqual([2, 0].map((tries) => ({ requestId, tries })));
  });
});

describe('a job that has ended with an error', () => {
  const fails = (): void =>
    stage.recorder.play('/requests/', async ({ path }, behind) => {
      if (!isStatus(path)) return { status: 500, headers: {}, body: 'Internal Server Error' };
      const status = JSON.parse(String((await behind()).body)) as object;
      return json({ ...status, error: 'the runner ran out of memory', error_type: 'internal_error' });
    });
  const results = (): number =>
    stage.recorder.sent('GET', '/requests/').filter(({ path }) => !isStatus(path)).length;

  it('is asked for its result for a while, then is a failed job, unbilled', async () => {
    const order = await submitted();
    const { requestId } = order;
    fails();
    expect(await collect(order)).toMatchObject({
      ...{ asset: null, charges: [], again: 'job', error: { type: 'Provider.JobFailed', requestId } },
    });
    expect(results()).toBeGreaterThan(2);
    expect(await stage.isHeld(order.task.seed)).toBe(false);
  });

  it('is looked at once more when a person says so, and taken where it has a result after all', async () => {
    const order = { ...(await submitted()), once: true };
    fails();
    expect(await collect(order)).toMatchObject({ again: 'job', asset: null });
    expect(results()).toBe(1);
    stage.recorder.reset();
    expect(await collect(order)).toMatchObject({ error: null, charges: paid('kept') });
  });
});

it.each<[string, object, (around: ReturnType<typeof surroundings>, stopping: AbortController) => void]>([
  ['stops', { type: 'Worker.Stopping', nonRetryable: false }, (_, stopping) => stopping.abort()],
  ['is cancelled', { name: 'CancelledFailure' }, (around) => around.cancel()],
])('a wait that %s leaves the job to others', async (_what, failure, cutOff) => {
  stage.control.set({ image: { latencyMs: HOUR } });
  const order = await submitted();
  const [around, stopping] = [surroundings(), new AbortController()];
  stage.recorder.during('/status', () => cutOff(around, stopping));
  const services = stage.services({ stopping: stopping.signal });
  await expect(collect(order, around, services)).rejects.toMatchObject(failure);
  expect(stage.recorder.sent('PUT', '/cancel')).toEqual([]);
});

it('a job that fal no longer knows may have been paid, and another may be ordered', async () => {
  const order = { ...(await submitted()), requestId: 'forgotten' };
  const message = 'fal no longer knows job forgotten; resume pays for another';
  expect(await collect(order)).toMatchObject({
    ...{ asset: null, again: null, error: { type: 'Provider.JobGone', message } },
    charges: [{ basis: 'unknown', outcome: 'lost', requestId: 'forgotten', amount: 60_000_000 }],
  });
});

it.each([
  ['status', 401, 'Provider.Authentication', true],
  ['result', 401, 'Provider.Authentication', true],
  ['result', 403, 'Provider.QuotaUsedUp', true],
  ['result', 404, 'Provider.UnknownModel', false],
  ['result', 500, 'Provider.ServerError', false],
] as const)(
  'a %s that answers %d is %s (final: %s), and read again',
  async (on, status, type, nonRetryable) => {
    const order = await submitted();
    stage.control.fail({ on, kind: 'status', status });
    await expect(collect(order)).rejects.toMatchObject({ type, nonRetryable });
    expect(await collect(order)).toMatchObject({ error: null, charges: [{ outcome: 'kept' }] });
  },
);

describe('a job of a post that has ended', () => {
  const stop = (job: CollectTask, around = surroundings()) =>
    around.run(createStop(stage.services()).stop, job);
  const billed = async (): Promise<number> =>
    (await stage.bill()).reduce((sum, { amountNano }) => sum + amountNano, 0);

  it('is taken out of the queue where it still waits, costs nothing, and holds nothing back', async () => {
    stage.control.set({ image: { latencyMs: HOUR } });
    const job = await submitted();
    expect(await stage.isHeld(job.task.seed)).toBe(true);
    const note = `hero image: job ${job.requestId} was stopped and cost nothing`;
    expect(await stop(job)).toEqual({ charges: [], note });
    expect(await billed()).toBe(0);
    expect(await stage.isHeld(job.task.seed)).toBe(false);
  });

  it('that a runner has begun is waited for, and charged what it was billed', async () => {
    stage.control.set({ image: { latencyMs: 5_000 } });
    const job = await submitted();
    stage.recorder.during('/cancel', () =>
      until(
        () => stage.services().media.state(job.task.endpoint, job.requestId),
        ({ state }) => state === 'running',
      ),
    );
    expect(await stop(job)).toMatchObject({
      charges: [{ basis: 'metered', outcome: 'cancelled', amount: await billed(), requestId: job.requestId }],
      note: `hero image: job ${job.requestId} was asked to stop, had begun and was paid for`,
    });
    expect(await billed()).toBe(60_000_000);
    expect(await stage.isHeld(job.task.seed)).toBe(false);
  });

  it('that had ended is charged, and the file that a cut-off collect has stored is removed', async () => {
    const job = await submitted();
    await stage.services().assets.put('UpkTZ26nc9Eb_hero.png', new Uint8Array([1]));
    const note = words(/had ended and was paid for$/);
    expect(await stop(job)).toMatchObject({ charges: paid('cancelled'), note });
    expect(await sizeOf('UpkTZ26nc9Eb_hero.png')).toBeNull();
  });

  it('that failed and was not billed costs nothing', async () => {
    stage.control.fail({ on: 'submit', kind: 'completed-error' });
    const job = await submitted();
    expect(await stop(job)).toMatchObject({ charges: [] });
    expect(await billed()).toBe(0);
    expect(await stage.isHeld(job.task.seed)).toBe(false);
  });

  it('is tried again while fal has trouble or the key is wrong, and is unknown in the end', async () => {
    const job = await submitted();
    for (const status of [500, 401]) {
      stage.control.fail({ on: 'cancel', kind: 'status', status, times: 10 });
      await expect(stop(job)).rejects.toMatchObject({ nonRetryable: false });
      expect(await stop(job, surroundings({ attempt: 30 }))).toMatchObject({
        charges: [{ basis: 'unknown', outcome: 'lost', requestId: job.requestId, amount: 60_000_000 }],
        note: words(/could not be stopped; what it cost is not known/),
      });
      stage.control.clear();
    }
  });
});
