import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FalClient } from '@fal-ai/client';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startStandIns, type StandIns } from '../stand-ins.js';
import { themeOf } from '../sketch/theme.js';
import { framesOf } from './clip.js';
import { drawPicture } from './picture.js';
import { sketchIn } from './png-notes.js';
import { CLIP_SECONDS } from './studio.js';
import { clientOf } from './testing/client-of.js';

const FLUX = 'fal-ai/flux-pro/v1.1-ultra';
const KLING: string = 'fal-ai/kling-video/v3/pro/image-to-video';
const SOON = { image: { latencyMs: 0 }, video: { latencyMs: 0 } };
const NEVER = { image: { latencyMs: 3_600_000 }, video: { latencyMs: 3_600_000 } };

let folder: string;
let standIns: StandIns;
let fal: FalClient;
let headers: Headers;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stand-ins-'));
  await open();
});
afterEach(async () => {
  await standIns.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  standIns = await startStandIns({ folder });
  standIns.control.set(SOON);
  fal = clientOf(standIns.falBaseUrl, (answered) => (headers = answered));
}

const submit = async (endpoint: string, input: object) =>
  (await fal.queue.submit(endpoint, { input })).request_id;
const result = async (endpoint: string, requestId: string) =>
  (await fal.queue.result(endpoint, { requestId })).data as never;
const platform = (path: string) =>
  fetch(`${standIns.falBaseUrl}/api.fal.ai/v1/models/${path}`, { headers: { authorization: 'Key sample' } });
const bytesOf = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
const draw = async (input: object) => {
  const { images } = (await result(
    FLUX,
    await submit(FLUX, { prompt: 'A harbour at dawn. Calm water.', ...input }),
  )) as {
    images: { url: string; width: number; height: number; content_type: string }[];
  };
  return images;
};

describe('the queue', () => {
  it('takes a job, tells its addresses, and goes from waiting to done', async () => {
    standIns.control.set(NEVER);
    const answer = await fal.queue.submit(FLUX, { input: { prompt: 'A harbour', seed: 7 } });
    const at = `${standIns.falBaseUrl}/queue.fal.run/fal-ai/flux-pro/requests/${answer.request_id}`;
    expect(answer).toMatchObject({
      status: 'IN_QUEUE',
      response_url: at,
      status_url: `${at}/status`,
      cancel_url: `${at}/cancel`,
    });
    expect(headers.get('x-fal-request-id')).toBe(answer.request_id);
    expect((await fal.queue.status(FLUX, { requestId: answer.request_id })).status).toBe('IN_QUEUE');

    standIns.control.set(SOON);
    const requestId = await submit(FLUX, { prompt: 'A harbour', seed: 7 });
    const status = await fal.queue.status(FLUX, { requestId, logs: true });
    expect(status).toMatchObject({ status: 'COMPLETED', metrics: { inference_time: 0 }, logs: [] });
    const done = await fal.queue.result(FLUX, { requestId });
    expect(done.requestId).toBe(requestId);
    expect(done.data).toMatchObject({ seed: 7, has_nsfw_concepts: [false], prompt: 'A harbour' });
    expect(headers.get('x-fal-billable-units')).toBe('1');
  });

  it('lets a waiting job be cancelled, which gives its bill back, and none that is done', async () => {
    standIns.control.set(NEVER);
    const requestId = await submit(FLUX, { prompt: 'A harbour' });
    await fal.queue.cancel(FLUX, { requestId });
    await expect(fal.queue.status(FLUX, { requestId })).rejects.toMatchObject({ status: 404 });
    expect((await standIns.ledger()).map((entry) => entry.amountNano)).toEqual([60_000_000, -60_000_000]);
    standIns.control.set(SOON);
    const done = await submit(FLUX, { prompt: 'A harbour' });
    await expect(fal.queue.cancel(FLUX, { requestId: done })).rejects.toMatchObject({ status: 400 });
  });

  it('refuses a missing prompt, a missing picture, an unknown endpoint and a missing key', async () => {
    await expect(submit(FLUX, {})).rejects.toMatchObject({ name: 'ValidationError', status: 422 });
    await expect(submit(KLING, { prompt: 'Push in' })).rejects.toMatchObject({ status: 422 });
    await expect(submit('fal-ai/nothing', { prompt: 'x' })).rejects.toMatchObject({ status: 404 });
    const keyless = await fetch(`${standIns.falBaseUrl}/queue.fal.run/${FLUX}`, {
      method: 'POST',
      body: '{}',
    });
    expect(keyless.status).toBe(401);
    expect(await standIns.ledger()).toEqual([]);
  });

  it('bills by the picture, the second and the whole megapixel', async () => {
    await submit(FLUX, { prompt: 'x', num_images: 2 });
    await submit(KLING, { prompt: 'x', start_image_url: 'https://example.com/a.png', duration: '5' });
    await submit('fal-ai/flux/dev', { prompt: 'x', image_size: { width: 1_280, height: 1_024 } });
    await submit('fal-ai/flux/schnell', { prompt: 'x', image_size: 'square_hd' });
    expect((await standIns.ledger()).map(({ quantity, amountNano }) => [quantity, amountNano])).toEqual([
      [2, 120_000_000],
      [5, 560_000_000],
      [2, 50_000_000],
      [1, 3_000_000],
    ]);
  });
});

describe('pictures', () => {
  it('are PNGs of the asked shape, equal for equal input and different for another seed', async () => {
    const [wide] = await draw({ aspect_ratio: '16:9', seed: 1 });
    const [again] = await draw({ aspect_ratio: '16:9', seed: 1 });
    const [other] = await draw({ aspect_ratio: '16:9', seed: 2 });
    const [tall] = await draw({ aspect_ratio: '9:16' });
    const png = await bytesOf(wide?.url ?? '');
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1_280, height: 720 });
    expect(wide).toMatchObject({ width: 1_280, height: 720, content_type: 'image/png' });
    expect(await bytesOf(again?.url ?? '')).toEqual(png);
    expect(await bytesOf(other?.url ?? '')).not.toEqual(png);
    expect(await sharp(await bytesOf(tall?.url ?? '')).metadata()).toMatchObject({
      width: 720,
      height: 1_280,
    });
  });

  it('say in their notes that they are samples, and what they were drawn from', async () => {
    const prompt = 'A rack.\n\nLook: ink blue, graphite and one orange lamp.';
    const [image] = await draw({ prompt, seed: 3, aspect_ratio: '16:9' });
    const png = await bytesOf(image?.url ?? '');
    expect((await sharp(png).metadata()).comments).toContainEqual({
      ...{ keyword: 'Comment', text: 'Offline sample, drawn by a stand-in and by no model' },
    });
    expect(sketchIn(png)).toMatchObject({ theme: themeOf(prompt), width: 1_280, height: 720 });
    expect(sketchIn(await sharp(png).png().toBuffer())).toBeNull();
    expect(sketchIn(Buffer.from('no picture'))).toBeNull();
  });

  it('are on the ground that the look names, and change to be seen for a note', async () => {
    const size = { width: 640, height: 360 };
    const mean = async (asked: string) => {
      const prompt = `A rack.${asked}\n\nLook: ink blue, graphite and one orange lamp.`;
      const { channels } = await sharp(await drawPicture({ seed: 'one', prompt, size })).stats();
      return channels.slice(0, 3).map((channel) => channel.mean);
    };
    const [plain, darker, lighter] = [
      await mean(''),
      await mean('\n\nThe editor asks: Darker.'),
      await mean('\n\nThe editor asks: Lighter.'),
    ];
    expect(plain[2]).toBeGreaterThan(plain[0] as number);
    for (const at of [0, 1, 2]) {
      expect(darker[at]).toBeLessThan((plain[at] as number) - 10);
      expect(lighter[at]).toBeGreaterThan((plain[at] as number) + 10);
    }
  });

  it.each(['rack', 'cable', 'pile', 'waves', 'columns', 'dawn', 'loop', 'bowl'])(
    'of a %s are small files',
    async (scene) => {
      const size = { width: 1_280, height: 720 };
      const prompt = `A ${scene}.\n\nLook: ink blue, graphite and one orange lamp.`;
      expect((await drawPicture({ seed: scene, prompt, size })).length).toBeLessThan(300_000);
    },
  );

  it('are not one flat colour: something is drawn on them', async () => {
    const [image] = await draw({});
    const { channels } = await sharp(await bytesOf(image?.url ?? '')).stats();
    expect(Math.max(...channels.map((channel) => channel.stdev))).toBeGreaterThan(10);
  });

  it('are JPEGs where the input says so, and as many as it says', async () => {
    const images = await draw({ output_format: 'jpeg', num_images: 2 });
    expect(images).toHaveLength(2);
    expect((await sharp(await bytesOf(images[1]?.url ?? '')).metadata()).format).toBe('jpeg');
  });
});

/** The share of pixels that differ so much that one sees it. */
function changed(one: Uint8Array, other: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < one.length; at += 4) {
    const apart = [0, 1, 2].map((channel) => Math.abs((one[at + channel] ?? 0) - (other[at + channel] ?? 0)));
    if (Math.max(...apart) > 24) count += 1;
  }
  return count / (one.length / 4);
}

describe('clips', () => {
  it('are H.264 MP4s filmed from an uploaded picture', async () => {
    const png = await sharp({ create: { width: 720, height: 1_280, channels: 3, background: '#964' } })
      .png()
      .toBuffer();
    const start = await fal.storage.upload(
      new File([Uint8Array.from(png)], 'hero.png', { type: 'image/png' }),
    );
    expect(await bytesOf(start)).toEqual(new Uint8Array(png));
    const requestId = await submit(KLING, { prompt: 'Push in', start_image_url: start, duration: '5' });
    const { video } = (await result(KLING, requestId)) as {
      video: { url: string; file_size: number; content_type: string };
    };
    expect(headers.get('x-fal-billable-units')).toBe('5');
    const mp4 = await bytesOf(video.url);
    expect([video.content_type, mp4.length]).toEqual(['video/mp4', video.file_size]);
    const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(mp4) });
    const track = await input.getPrimaryVideoTrack();
    expect([track?.codec, track?.displayWidth, track?.displayHeight]).toEqual(['avc', 252, 448]);
    expect(await input.computeDuration()).toBeCloseTo(CLIP_SECONDS, 1);
  });

  it.each(['rack', 'cable', 'pile', 'waves', 'columns', 'dawn', 'loop', 'bowl'])(
    'move the parts of a picture of a %s, and end as they began',
    async (scene) => {
      const size = { width: 720, height: 1_280 };
      const prompt = `A ${scene}.\n\nLook: ink blue, graphite and one orange lamp.`;
      const picture = await drawPicture({ seed: scene, prompt, size });
      const frames = await framesOf({ picture, size, seconds: CLIP_SECONDS });
      const [start, quarter, half, last] = [
        await frames(0),
        await frames(0.25),
        await frames(0.5),
        await frames(0.98),
      ];
      const moved = changed(start, quarter);
      expect(moved).toBeGreaterThan(0.01);
      expect(changed(quarter, half)).toBeGreaterThan(0.01);
      expect(changed(start, last)).toBeLessThan(moved / 2);
    },
  );

  it('drift over a picture that is not ours, and end as they began', async () => {
    const size = { width: 720, height: 1_280 };
    const ours = await drawPicture({ seed: 'one', prompt: 'Waves', size });
    const picture = await sharp(ours).jpeg().toBuffer();
    const frames = await framesOf({ picture, size, seconds: CLIP_SECONDS });
    const moved = changed(await frames(0), await frames(0.25));
    expect(moved).toBeGreaterThan(0.01);
    expect(changed(await frames(0), await frames(0.98))).toBeLessThan(moved / 2);
  });

  it('move less where an editor asks for that', async () => {
    const size = { width: 720, height: 1_280 };
    const picture = await drawPicture({ seed: 'one', prompt: 'A row of columns', size });
    const moved = async (prompt: string) => {
      const frames = await framesOf({ picture, size, seconds: CLIP_SECONDS, prompt });
      return changed(await frames(0), await frames(0.25));
    };
    expect(await moved('Push in\n\nThe editor asks: Slower.')).toBeLessThan(await moved('Push in'));
  });

  it('start from a picture of ours that nobody has downloaded, whatever host its address names', async () => {
    const [image] = await draw({ aspect_ratio: '9:16' });
    const moved = (image?.url ?? '').replace(/^http:\/\/[^/]+/, 'http://10.0.0.1:9');
    const requestId = await submit(KLING, { prompt: 'Push in', start_image_url: moved });
    expect(await result(KLING, requestId)).toHaveProperty('video');
  });

  it('fail with file_download_error, unbilled, when their picture is gone', async () => {
    const gone = `${standIns.falBaseUrl}/v3.fal.media/files/00000000-0000-4000-8000-000000000000.png`;
    const requestId = await submit(KLING, { prompt: 'Push in', start_image_url: gone });
    const error = await result(KLING, requestId).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'file_download_error', loc: ['body', 'start_image_url'] }] },
    });
    expect(headers.get('x-fal-billable-units')).toBe('0');
    expect((await standIns.ledger()).reduce((sum, entry) => sum + entry.amountNano, 0)).toBe(0);
  });

  it('leave the process the handlers that it had', async () => {
    const before = process.listenerCount('unhandledRejection');
    const requestId = await submit(KLING, {
      prompt: 'Push in',
      start_image_url: 'https://example.com/a.png',
    });
    await result(KLING, requestId);
    expect(process.listenerCount('unhandledRejection')).toBe(before);
  });
});

describe('the platform API', () => {
  it('tells prices', async () => {
    const { prices } = (await (
      await platform(`pricing?endpoint_id=${FLUX}&endpoint_id=${KLING}`)
    ).json()) as { prices: object[] };
    expect(prices).toEqual([
      { endpoint_id: FLUX, unit_price: 0.06, unit: 'image', currency: 'USD' },
      { endpoint_id: KLING, unit_price: 0.112, unit: 'second', currency: 'USD' },
    ]);
  });

  it('lists ended jobs only, the newest first, with their input', async () => {
    const before = new Date().toISOString();
    const first = await submit(FLUX, { prompt: 'first', seed: 1 });
    const second = await submit(FLUX, { prompt: 'second', seed: 2 });
    standIns.control.set(NEVER);
    await submit(FLUX, { prompt: 'still running' });
    const path = `requests/by-endpoint?endpoint_id=${FLUX}&expand=payloads&start=${before}`;
    const { items } = (await (await platform(path)).json()) as {
      items: { request_id: string; json_input: object }[];
    };
    expect(items.map((item) => item.request_id)).toEqual([second, first]);
    expect(items[1]?.json_input).toEqual({ prompt: 'first', seed: 1 });
    const later = await platform(`requests/by-endpoint?endpoint_id=${FLUX}&start=2999-01-01T00:00:00Z`);
    expect(await later.json()).toMatchObject({ items: [] });
  });

  it('tells what a job was billed, and nothing of one that runs or failed', async () => {
    const done = await submit(FLUX, { prompt: 'x' });
    standIns.control.fail({ on: 'submit', kind: 'completed-error' });
    const failed = await submit(FLUX, { prompt: 'x' });
    standIns.control.set(NEVER);
    const running = await submit(FLUX, { prompt: 'x' });
    const path = `billing-events?${[done, failed, running].map((id) => `request_id=${id}`).join('&')}`;
    const { billing_events: events } = (await (await platform(path)).json()) as { billing_events: object[] };
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      request_id: done,
      output_units: 1,
      cost_total: 0.06,
      cost_estimate_nano_usd: 60_000_000,
    });
  });
});

describe('faults', () => {
  const post = (input: object) =>
    fetch(`${standIns.falBaseUrl}/queue.fal.run/${FLUX}`, {
      method: 'POST',
      headers: { authorization: 'Key sample', 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });

  it('of submit: an error status, a drop before and a drop after acceptance', async () => {
    standIns.control.fail({ on: 'submit', kind: 'status', status: 403 });
    expect(await (await post({ prompt: 'x' })).json()).toMatchObject({
      detail: expect.stringContaining('Exhausted balance'),
    });
    standIns.control.fail({ on: 'submit', kind: 'status', status: 429, retryAfter: 3 });
    expect((await post({ prompt: 'x' })).headers.get('retry-after')).toBe('3');
    standIns.control.fail({ on: 'submit', kind: 'drop-before' });
    await expect(post({ prompt: 'x' })).rejects.toThrow();
    expect(await standIns.ledger()).toEqual([]);
    standIns.control.fail({ on: 'submit', kind: 'drop-after' });
    await expect(post({ prompt: 'lost' })).rejects.toThrow();
    standIns.control.fail({ on: 'submit', kind: 'status', status: 504, accepted: true });
    expect((await post({ prompt: 'late' })).status).toBe(504);
    const { items } = (await (
      await platform(`requests/by-endpoint?endpoint_id=${FLUX}&expand=payloads`)
    ).json()) as {
      items: { json_input: { prompt: string } }[];
    };
    expect(items.map((item) => item.json_input.prompt).sort()).toEqual(['late', 'lost']);
    expect(await standIns.ledger()).toHaveLength(2);
  });

  it("show the client's own repeated submits as the jobs that they are", async () => {
    standIns.control.fail({ on: 'submit', kind: 'drop-after' });
    await submit(FLUX, { prompt: 'paid twice' });
    expect(await standIns.ledger()).toHaveLength(2);
  });

  it('of a job: completed, and yet an error', async () => {
    standIns.control.fail({ on: 'submit', kind: 'completed-error', match: 'forbidden' });
    const fine = await submit(FLUX, { prompt: 'fine' });
    const requestId = await submit(FLUX, { prompt: 'forbidden' });
    expect((await fal.queue.status(FLUX, { requestId })).status).toBe('COMPLETED');
    await expect(result(FLUX, requestId)).rejects.toMatchObject({
      body: { detail: [{ type: 'content_policy_violation' }] },
    });
    expect(await result(FLUX, fine)).toHaveProperty('images');
    standIns.control.fail({ on: 'result', kind: 'completed-error', code: 'no_media_generated' });
    await expect(result(FLUX, fine)).rejects.toMatchObject({ status: 422 });
    await expect(result(FLUX, fine)).rejects.toMatchObject({ status: 422 });
    expect((await standIns.ledger()).reduce((sum, entry) => sum + entry.amountNano, 0)).toBe(0);
  });

  it('of status, upload, prices, history and downloads', async () => {
    const [image] = await draw({});
    standIns.control.fail({ on: 'download', kind: 'html', times: 1 });
    const page = await fetch(image?.url ?? '');
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    standIns.control.fail({ on: 'download', kind: 'status', status: 404 });
    expect((await fetch(image?.url ?? '')).status).toBe(404);
    expect((await fetch(image?.url ?? '')).status).toBe(200);
    for (const on of ['pricing', 'history'] as const)
      standIns.control.fail({ on, kind: 'status', status: 503 });
    expect((await platform(`pricing?endpoint_id=${FLUX}`)).status).toBe(503);
    expect((await platform(`requests/by-endpoint?endpoint_id=${FLUX}`)).status).toBe(503);
    standIns.control.fail({ on: 'upload', kind: 'status', status: 400 });
    await expect(fal.storage.upload(new File(['x'], 'x.txt'))).rejects.toMatchObject({ status: 400 });
    const requestId = await submit(FLUX, { prompt: 'x' });
    standIns.control.fail({ on: 'status', kind: 'status', status: 404 });
    await expect(fal.queue.status(FLUX, { requestId })).rejects.toMatchObject({ status: 404 });
  });
});
