import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { checkClip, checkPicture } from '../services/assets/check.js';
import { readXmp } from '../services/assets/testing/read-xmp.js';
import { HOSTILE_CLIPS } from '../services/assets/testing/hostile-clips.js';
import { createCollect, type CollectTask } from './collect.js';
import type { MediaTask } from './media-task.js';
import { createSubmit } from './submit.js';
import { clipTask, FLUX, KLING, pictureTask, spend } from './testing/samples.js';
import { json, type Reply } from './testing/recorder.js';
import { perform, surroundings, type Stage } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

const HOUR = 3_600_000;

let stage: Stage;
useStage((opened) => (stage = opened));

async function submitted(task: MediaTask, number = 1): Promise<CollectTask> {
  const sent = await perform(createSubmit(stage.services()).submit, task, spend);
  if (sent.outcome !== 'kept') throw new Error(`not submitted: ${sent.outcome}`);
  return { task, requestId: sent.requestId, number, spend, once: false };
}
const collect = (order: CollectTask, around = surroundings()) =>
  around.run(
    createCollect(stage.services(), {
      poll: () => 100,
      result: { patience: 2_000, pause: 50 },
      downloads: [0, 0],
    }).collect,
    order,
  );
const withUnits = (reply: Reply, units: string | undefined): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'x-fal-billable-units': units },
});
/** Has the result of every job tell other units than the stand-in's. */
const meter = (units: string | undefined): void =>
  stage.recorder.play('/requests/', async (call, behind) =>
    call.path.includes('/status') ? behind() : withUnits(await behind(), units),
  );

/** What a stored file says of itself, whatever made it. */
const MADE = {
  DigitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
  Identifier: 'UpkTZ26nc9Eb',
};

describe('a picture', () => {
  it('is downloaded, checked and stored, with the charge that fal metered', async () => {
    const order = await submitted(pictureTask(), 2);
    const around = surroundings();
    const collected = await collect(order, around);
    const [bill] = await stage.bill();
    expect(collected).toEqual({
      asset: 'UpkTZ26nc9Eb_hero_2.png',
      error: null,
      again: null,
      seconds: 0,
      at: expect.any(String) as string,
      charges: [
        {
          key: `post/UpkTZ26nc9Eb/hero_image/${order.task.seed}`,
          step: 'hero_image',
          provider: 'fal',
          model: FLUX,
          quantity: '1 image',
          unitPrice: '0.06 USD per image',
          amount: bill?.amountNano,
          basis: 'metered',
          outcome: 'kept',
          requestId: order.requestId,
          prompt: null,
          offline: true,
          at: expect.any(String) as string,
        },
      ],
    });
    const stored = join(stage.folder, 'assets', 'UpkTZ26nc9Eb_hero_2.png');
    expect(await checkPicture(stored)).toMatchObject({ path: stored });
    expect(await readXmp(stored)).toMatchObject({ ...MADE, AISystemUsed: `${FLUX} (offline sample)` });
    expect(around.heartbeats).toContainEqual({ requestId: order.requestId, tries: 1 });
  });

  it('is waited for, and its charge is the same however often it is collected', async () => {
    stage.control.set({ image: { latencyMs: 2_000 } });
    const order = await submitted(pictureTask());
    const first = await collect(order);
    expect(first.seconds).toBeCloseTo(1.6);
    expect(stage.recorder.sent('GET', '/status').length).toBeGreaterThan(1);
    const second = await collect(order);
    expect(second.charges.map(({ key, amount }) => ({ key, amount }))).toEqual(
      first.charges.map(({ key, amount }) => ({ key, amount })),
    );
    expect(stage.recorder.sent('POST', '/queue.fal.run/')).toHaveLength(1);
  });
});

it('a clip is stored whole, and charged by its seconds', async () => {
  const order = await submitted(clipTask());
  const collected = await collect(order);
  const [bill] = await stage.bill();
  expect(collected).toMatchObject({ asset: 'UpkTZ26nc9Eb_video.mp4', error: null });
  expect(collected.charges).toMatchObject([
    {
      model: KLING,
      quantity: '5 second',
      unitPrice: '0.112 USD per second',
      amount: bill?.amountNano,
      basis: 'metered',
    },
  ]);
  const stored = join(stage.folder, 'assets', 'UpkTZ26nc9Eb_video.mp4');
  expect((await checkClip(stored)).seconds).toBeGreaterThan(0);
  expect(await readXmp(stored)).toMatchObject({ ...MADE, AISystemUsed: `${KLING} (offline sample)` });
}, 60_000);

describe('the charge', () => {
  it("has the table's price while fal's pricing is down, which is no less right", async () => {
    stage.control.fail({ on: 'pricing', kind: 'status', status: 500, times: 5 });
    const { charges } = await collect(await submitted(pictureTask()));
    expect(charges).toMatchObject([
      { amount: 60_000_000, basis: 'metered', unitPrice: '0.06 USD per image', quantity: '1 image' },
    ]);
  });

  it('follows the units that were metered, to the nano-dollar', async () => {
    meter('3.008');
    const { charges } = await collect(await submitted(pictureTask()));
    expect(charges).toMatchObject([{ amount: 180_480_000, basis: 'metered', quantity: '3.008 image' }]);
  });

  it.each([
    ['picture', pictureTask, 60_000_000],
    ['clip', clipTask, 560_000_000],
  ])('of a %s without units is unknown, with an estimate', async (_name, task, amount) => {
    meter(undefined);
    const collected = await collect(await submitted(task()));
    expect(collected.error).toBeNull();
    expect(collected.charges).toMatchObject([{ amount, basis: 'unknown', quantity: null, outcome: 'kept' }]);
  });

  it('of units whose price nobody knows is unknown, and keeps the units', async () => {
    const order = await submitted(pictureTask());
    const { charges } = await collect({ ...order, task: { ...order.task, endpoint: 'fal-ai/flux-pro/new' } });
    expect(charges).toMatchObject([{ amount: 300_000_000, basis: 'unknown', quantity: '1' }]);
  });
});

describe('a job that failed', () => {
  const failed = async (code?: string) => {
    stage.control.fail({ on: 'submit', kind: 'completed-error', code });
    return submitted(pictureTask());
  };

  it('by content policy says so, and costs nothing where nothing was metered', async () => {
    const order = await failed();
    expect(await collect(order)).toMatchObject({
      asset: null,
      charges: [],
      error: {
        type: 'Provider.ContentPolicy',
        message: expect.stringContaining('flagged by a content checker') as string,
        requestId: order.requestId,
      },
    });
  });

  it('costs what was metered all the same', async () => {
    meter('1');
    const order = await failed();
    expect(await collect(order)).toMatchObject({
      asset: null,
      charges: [{ amount: 60_000_000, basis: 'metered', outcome: 'failed', requestId: order.requestId }],
    });
  });

  it('for another reason keeps its words', async () => {
    expect(await collect(await failed('no_media_generated'))).toMatchObject({
      asset: null,
      error: {
        type: 'Provider.JobFailed',
        message: 'fal: result: No media was generated. Please try again with a different prompt.',
      },
    });
  });

  it('by the safety filter is paid for and kept nowhere', async () => {
    const order = await submitted(pictureTask(), 7);
    stage.recorder.play('/requests/', async (call, behind) => {
      const reply = await behind();
      if (call.path.includes('/status')) return reply;
      const data = { ...(JSON.parse(String(reply.body)) as object), has_nsfw_concepts: [true] };
      return withUnits(json(data), '1');
    });
    expect(await collect(order)).toMatchObject({
      asset: null,
      charges: [{ amount: 60_000_000, basis: 'metered', outcome: 'refused' }],
      error: { type: 'Provider.ContentPolicy', requestId: order.requestId },
    });
    expect(await stage.services().assets.size('UpkTZ26nc9Eb_hero_7.png')).toBeNull();
  });
});

describe('a file that is not there', () => {
  const page = (): void => stage.control.fail({ on: 'download', kind: 'html', times: 100 });

  const fetched = (): number => stage.recorder.sent('GET', '/files/').length;

  it('is fetched again: it may come yet', async () => {
    stage.control.fail({ on: 'download', kind: 'status', status: 404, times: 2 });
    const order = await submitted(pictureTask(), 8);
    expect(await collect(order)).toMatchObject({
      asset: 'UpkTZ26nc9Eb_hero_8.png',
      charges: [{ outcome: 'kept' }],
    });
    expect(fetched()).toBe(3);
  });

  it('is given up in time, with its charge, for a person to have it fetched again', async () => {
    page();
    const order = await submitted(pictureTask(), 9);
    expect(await collect(order)).toMatchObject({
      asset: null,
      again: 'file',
      charges: [{ amount: 60_000_000, basis: 'metered', outcome: 'failed', requestId: order.requestId }],
      error: {
        type: 'Asset.Refused',
        message: expect.stringContaining('the file is HTML') as string,
        requestId: order.requestId,
      },
    });
    expect(await stage.services().assets.size('UpkTZ26nc9Eb_hero_9.png')).toBeNull();
    expect(fetched()).toBe(3);
    stage.control.clear();
    // Paid once, and the archive knows that it was of use after all.
    const again = await collect(order);
    expect(again).toMatchObject({ asset: 'UpkTZ26nc9Eb_hero_9.png', charges: [{ outcome: 'kept' }] });
    const stored = await stage.archive.ledger.listCharges({ postId: 'UpkTZ26nc9Eb' });
    expect(stored.filter(({ requestId }) => requestId === order.requestId)).toEqual(again.charges);
  });

  it('is a job whose result names none', async () => {
    const order = await submitted(pictureTask());
    stage.recorder.play(`/requests/${order.requestId}`, async (call, behind) =>
      call.path.includes('/status') ? behind() : withUnits(json({ images: [] }), '1'),
    );
    expect(await collect(order)).toMatchObject({
      asset: null,
      again: 'file',
      error: {
        type: 'Asset.Refused',
        message: expect.stringMatching(/^fal: the result names no file/) as string,
      },
    });
  });
});

describe('a file that would be the same again', () => {
  const files = (): number => stage.recorder.sent('GET', '/files/').length;
  const leadingTo = (location: string): void =>
    stage.recorder.play('/files/', () => ({ status: 302, headers: { location }, body: '' }));
  const refused = (words: RegExp) => ({
    asset: null,
    again: 'file',
    charges: [{ amount: 60_000_000, outcome: 'failed' }],
    error: { type: 'Asset.Refused', message: expect.stringMatching(words) as string },
  });

  it.each([
    [
      'https://127.0.0.1/',
      /^fal: download: 127\.0\.0\.1 is not a public address; COPYDESK_ALLOW_PRIVATE=1 allows it; it was paid for: resume/,
    ],
    [
      'http://169.254.169.254/latest/meta-data/',
      /^fal: download: http:\/\/169\.254\.169\.254 is not https; /,
    ],
    ['https://[::1]:1/', /^fal: download: ::1 is not a public address; /],
    ['/files/', /^fal: download: more than 5 redirects; /],
  ])('leads to %s, and is asked for once', async (location, words) => {
    const order = await submitted(pictureTask());
    leadingTo(location);
    expect(await collect(order)).toMatchObject(refused(words));
    expect(files()).toBeLessThanOrEqual(6);
  });

  it('claims what it does not hold, and is fetched once', async () => {
    const order = await submitted(clipTask());
    const headers = { 'content-type': 'video/mp4' };
    const body = HOSTILE_CLIPS['samples in a chunk']!();
    stage.recorder.play('/files/', () => ({ status: 200, headers, body }));
    expect(await collect(order)).toMatchObject({
      ...{ again: 'file', asset: null },
      error: {
        type: 'Asset.Refused',
        message: expect.stringMatching(/^the MP4 claims 4,294,967,295 samples in its stsc box/) as string,
      },
    });
    expect(files()).toBe(1);
  });

  it('has ended two workers by what the server heard, and is tried once more when a person says so', async () => {
    const order = await submitted(pictureTask(), 21);
    const heard = { attempt: 3, heartbeatDetails: { requestId: order.requestId, tries: 2 } };
    expect(await collect(order, surroundings(heard))).toMatchObject(
      refused(/^the file has ended its process twice while it was checked; it was paid for: resume/),
    );
    expect(files()).toBe(0);
    const around = surroundings();
    expect(await collect(order, around)).toMatchObject({ asset: 'UpkTZ26nc9Eb_hero_21.png', error: null });
    const { requestId } = order;
    expect(around.heartbeats).toEqual([
      { requestId, tries: 2 },
      { requestId, tries: 0 },
    ]);
  });

  it('is said to be tried, and what was heard of earlier tries is not forgotten meanwhile', async () => {
    const order = await submitted(pictureTask(), 22);
    const { requestId } = order;
    const around = surroundings({ attempt: 2, heartbeatDetails: { requestId, tries: 1 } });
    expect(await collect(order, around)).toMatchObject({ error: null });
    expect(around.heartbeats).toEqual([
      { requestId, tries: 2 },
      { requestId, tries: 0 },
    ]);
  });
});

describe('a job that has ended with an error', () => {
  const fails = (headers: Record<string, string> = {}): void =>
    stage.recorder.play('/requests/', async (call, behind) => {
      if (!call.path.includes('/status'))
        return {
          ...{ status: 500, body: 'Internal Server Error' },
          headers: { 'content-type': 'text/plain', ...headers },
        };
      const status = JSON.parse(String((await behind()).body)) as object;
      return json({ ...status, error: 'the runner ran out of memory', error_type: 'internal_error' });
    });
  const results = (): number =>
    stage.recorder.sent('GET', '/requests/').filter(({ path }) => !path.includes('/status')).length;

  it('is asked for its result for a while, then is a failed job, unbilled', async () => {
    const order = await submitted(pictureTask());
    fails();
    expect(await collect(order)).toMatchObject({
      asset: null,
      charges: [],
      again: 'job',
      error: { type: 'Provider.JobFailed', requestId: order.requestId },
    });
    expect(results()).toBeGreaterThan(2);
    expect(await stage.archive.ledger.listHolds({ postId: order.task.postId })).toEqual([]);
  });

  it('is billed where fal meters it', async () => {
    const order = await submitted(pictureTask());
    fails({ 'x-fal-billable-units': '1' });
    expect(await collect(order)).toMatchObject({
      charges: [{ amount: 60_000_000, basis: 'metered', outcome: 'failed' }],
    });
  });

  it('is looked at once more when a person says so, and taken where it has a result after all', async () => {
    const order = await submitted(pictureTask());
    fails();
    expect(await collect({ ...order, once: true })).toMatchObject({ again: 'job', asset: null });
    expect(results()).toBe(1);
    stage.recorder.reset();
    expect(await collect({ ...order, once: true })).toMatchObject({
      error: null,
      charges: [{ outcome: 'kept', basis: 'metered' }],
    });
  });
});

it('a job whose worker stops is left to the next one', async () => {
  stage.control.set({ image: { latencyMs: HOUR } });
  const order = await submitted(pictureTask());
  const stopping = new AbortController();
  stage.recorder.play('/status', (_call, behind) => {
    stopping.abort();
    return behind();
  });
  const { collect: wait } = createCollect(stage.services({ stopping: stopping.signal }));
  await expect(perform(wait, order)).rejects.toMatchObject({ type: 'Worker.Stopping', nonRetryable: false });
  expect(stage.recorder.sent('PUT', '/cancel')).toEqual([]);
});

it('a job that fal no longer knows may have been paid, and another may be ordered', async () => {
  const order = { ...(await submitted(pictureTask())), requestId: 'forgotten' };
  const collected = await collect(order);
  expect(collected).toMatchObject({
    asset: null,
    again: null,
    charges: [{ basis: 'unknown', outcome: 'lost', requestId: 'forgotten', amount: 60_000_000 }],
    error: {
      type: 'Provider.JobGone',
      message: 'fal no longer knows job forgotten; resume pays for another',
    },
  });
});

describe('reading', () => {
  it('with a wrong key waits for a person', async () => {
    const order = await submitted(pictureTask());
    stage.control.fail({ on: 'status', kind: 'status', status: 401 });
    await expect(collect(order)).rejects.toMatchObject({
      type: 'Provider.Authentication',
      nonRetryable: true,
    });
  });

  it.each([401, 403])(
    'a result with a wrong key (%d) waits for a person too, and the job is not given up',
    async (status) => {
      const order = await submitted(pictureTask());
      stage.control.fail({ on: 'result', kind: 'status', status });
      await expect(collect(order)).rejects.toMatchObject({ nonRetryable: true });
      expect(await collect(order)).toMatchObject({ error: null, charges: [{ outcome: 'kept' }] });
    },
  );

  it('a result that is not there tries again', async () => {
    const order = await submitted(pictureTask());
    stage.control.fail({ on: 'result', kind: 'status', status: 404 });
    await expect(collect(order)).rejects.toMatchObject({
      type: 'Provider.UnknownModel',
      nonRetryable: false,
    });
  });

  it('is tried again when fal has trouble of its own', async () => {
    const order = await submitted(pictureTask());
    stage.control.fail({ on: 'result', kind: 'status', status: 500 });
    await expect(collect(order)).rejects.toMatchObject({
      type: 'Provider.ServerError',
      nonRetryable: false,
    });
    expect(await collect(order)).toMatchObject({ error: null });
  });
});

it('a wait that is cut off, as by a worker that stops, leaves the job alone', async () => {
  stage.control.set({ image: { latencyMs: HOUR } });
  const order = await submitted(pictureTask());
  const around = surroundings();
  stage.recorder.play('/status', (_call, behind) => {
    around.cancel();
    return behind();
  });
  await expect(collect(order, around)).rejects.toMatchObject({ name: 'CancelledFailure' });
  expect(stage.recorder.sent('PUT', '/cancel')).toEqual([]);
});
