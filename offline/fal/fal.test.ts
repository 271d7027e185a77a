import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { FLUX, KLING, useStandIns } from '../testing/use-stand-ins.js';
import { themeOf } from '../sketch/sketch.js';
import { framesOf } from './clip.js';
import { drawPicture, sketchIn } from './picture.js';
import { MADE_CLIP_SECONDS } from './studio.js';

const FRAME = 'https://example.com/a.png';
const NEVER = { image: { latencyMs: 3_600_000 }, video: { latencyMs: 3_600_000 } };

const used = useStandIns();
const { askFal, submit, result, bill } = used;

const history = (query: string) => askFal(`api.fal.ai/v1/models/requests/by-endpoint?${query}`);
const bytesOf = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
async function draw(input: object): Promise<{ url: string; width: number; height: number }[]> {
  const id = await submit(FLUX, { prompt: 'A harbour at dawn. Calm water.', ...input });
  return (await result(FLUX, id)).body.images;
}
const drawn = async (input: object) => bytesOf((await draw(input))[0]!.url);

describe('the queue', () => {
  it('takes a job, tells its addresses, and what it made', async () => {
    used.control.set(NEVER);
    const { headers, body } = await askFal(`queue.fal.run/${FLUX}`, { prompt: 'A harbour', seed: 7 });
    const at = `${used.standIns.falBaseUrl}/queue.fal.run/fal-ai/flux-pro/requests/${body.request_id}`;
    expect(body).toMatchObject({
      ...{ status: 'IN_QUEUE', response_url: at, status_url: `${at}/status`, cancel_url: `${at}/cancel` },
    });
    expect(headers.get('x-fal-request-id')).toBe(body.request_id);

    used.control.set({ image: { latencyMs: 0 } });
    const id = await submit(FLUX, { prompt: 'A harbour', seed: 7 });
    expect((await result(FLUX, `${id}/status?logs=1`)).body).toMatchObject({
      ...{ status: 'COMPLETED', metrics: { inference_time: 0 }, logs: [] },
    });
    const done = await result(FLUX, id);
    expect(done.body).toMatchObject({ seed: 7, has_nsfw_concepts: [false], prompt: 'A harbour' });
    expect(done.headers.get('x-fal-billable-units')).toBe('1');
  });

  it.each([
    ['a missing prompt', FLUX, {}, 422],
    ['a missing picture', KLING, { prompt: 'Push in' }, 422],
    ['a value that is not offered', FLUX, { prompt: 'x', output_format: 'tiff' }, 422],
    ['an unknown endpoint', 'fal-ai/nothing', { prompt: 'x' }, 404],
  ])('refuses %s', async (_what, endpoint, input, status) => {
    expect((await askFal(`queue.fal.run/${endpoint}`, input)).status).toBe(status);
    expect(await bill()).toEqual([]);
  });

  it('refuses whoever has no key', async () => {
    const address = `${used.standIns.falBaseUrl}/queue.fal.run/${FLUX}`;
    expect((await fetch(address, { method: 'POST', body: '{"prompt":"x"}' })).status).toBe(401);
    expect(await bill()).toEqual([]);
  });

  it.each([
    ['picture', FLUX, { num_images: 2 }, 2, 120_000_000],
    ['second', KLING, { start_image_url: FRAME, duration: '5' }, 5, 560_000_000],
    ['whole megapixel', 'fal-ai/flux/dev', { image_size: { width: 1_280, height: 1_024 } }, 2, 50_000_000],
    ['size by name', 'fal-ai/flux/schnell', { image_size: 'square_hd' }, 1, 3_000_000],
  ])('bills by the %s', async (_unit, endpoint, input, quantity, amountNano) => {
    await submit(endpoint, { prompt: 'x', ...input });
    expect(await bill()).toMatchObject([{ quantity, amountNano }]);
  });
});

const LOOK = 'Look: ink blue, graphite and one orange lamp.';
const SCENES = ['rack', 'cable', 'pile', 'waves', 'columns', 'dawn', 'loop', 'bowl'];

describe('pictures', () => {
  it('are PNGs of the asked shape, equal for equal input and different for another seed', async () => {
    const [wide] = await draw({ aspect_ratio: '16:9', seed: 1 });
    expect(wide).toMatchObject({ width: 1_280, height: 720, content_type: 'image/png' });
    const png = await bytesOf(wide!.url);
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1_280, height: 720 });
    const { channels } = await sharp(png).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev)), 'not one flat colour').toBeGreaterThan(10);
    expect(await drawn({ aspect_ratio: '16:9', seed: 1 })).toEqual(png);
    expect(await drawn({ aspect_ratio: '16:9', seed: 2 })).not.toEqual(png);
    const tall = await drawn({ aspect_ratio: '9:16' });
    expect(await sharp(tall).metadata()).toMatchObject({ width: 720, height: 1_280 });
  });

  it('say in their notes that they are samples, and what they were drawn from', async () => {
    const prompt = `A rack.\n\n${LOOK}`;
    const png = await drawn({ prompt, seed: 3, aspect_ratio: '16:9' });
    expect((await sharp(png).metadata()).comments).toContainEqual({
      ...{ keyword: 'Comment', text: 'Offline sample, drawn by a stand-in and by no model' },
    });
    expect(sketchIn(png)).toMatchObject({ theme: themeOf(prompt), width: 1_280, height: 720 });
    expect(sketchIn(await sharp(png).png().toBuffer())).toBeNull();
    expect(sketchIn(Buffer.from('no picture'))).toBeNull();
  });

  it('are on the ground that the look names, and change to be seen for a note', async () => {
    const means = async (asked: string) => {
      const prompt = `A rack.${asked}\n\n${LOOK}`;
      const picture = await drawPicture({ seed: 'one', prompt, size: { width: 640, height: 360 } });
      return (await sharp(picture).stats()).channels.slice(0, 3).map(({ mean }) => mean);
    };
    const plain = await means('');
    const darker = await means('\n\nThe editor asks: Darker.');
    const lighter = await means('\n\nThe editor asks: Lighter.');
    expect(plain[2]).toBeGreaterThan(plain[0]!);
    for (const at of [0, 1, 2]) {
      expect(darker[at]).toBeLessThan(plain[at]! - 10);
      expect(lighter[at]).toBeGreaterThan(plain[at]! + 10);
    }
  });

  it.each(SCENES)('of a %s are small files', async (scene) => {
    const order = { seed: scene, prompt: `A ${scene}.\n\n${LOOK}`, size: { width: 1_280, height: 720 } };
    expect((await drawPicture(order)).length).toBeLessThan(300_000);
  });

  it('are JPEGs where the input says so, and as many as it says', async () => {
    const images = await draw({ output_format: 'jpeg', num_images: 2 });
    expect(images).toHaveLength(2);
    expect((await sharp(await bytesOf(images[1]!.url)).metadata()).format).toBe('jpeg');
  });
});

describe('frames', () => {
  const size = { width: 720, height: 1_280 };
  /** How much of the picture two frames of a clip show otherwise, so that one sees it. */
  async function filmed(picture: Uint8Array, prompt = '') {
    const frames = await framesOf({ picture, size, seconds: MADE_CLIP_SECONDS, prompt });
    return async (from: number, to: number): Promise<number> => {
      const [one, other] = [await frames(from), await frames(to)];
      const isSeen = (at: number) => Math.abs(one[at]! - other[at]!) > 24;
      const pixels = Array.from({ length: one.length / 4 }, (_, pixel) => 4 * pixel);
      return pixels.filter((at) => isSeen(at) || isSeen(at + 1) || isSeen(at + 2)).length / pixels.length;
    };
  }

  it.each(SCENES)('move the parts of a picture of a %s, and end as they began', async (scene) => {
    const changed = await filmed(await drawPicture({ seed: scene, prompt: `A ${scene}.\n\n${LOOK}`, size }));
    const moved = await changed(0, 0.25);
    expect(moved).toBeGreaterThan(0.01);
    expect(await changed(0.25, 0.5)).toBeGreaterThan(0.01);
    expect(await changed(0, 0.98)).toBeLessThan(moved / 2);
  });

  it('drift over a picture that is not ours, and end as they began', async () => {
    const ours = await drawPicture({ seed: 'one', prompt: 'Waves', size });
    const changed = await filmed(await sharp(ours).jpeg().toBuffer());
    const moved = await changed(0, 0.25);
    expect(moved).toBeGreaterThan(0.01);
    expect(await changed(0, 0.98)).toBeLessThan(moved / 2);
  });

  it('move less where an editor asks for that', async () => {
    const picture = await drawPicture({ seed: 'one', prompt: 'A row of columns', size });
    const slower = await filmed(picture, 'Push in\n\nThe editor asks: Slower.');
    const plain = await filmed(picture, 'Push in');
    expect(await slower(0, 0.25)).toBeLessThan(await plain(0, 0.25));
  });
});

describe('clips', () => {
  const film = async (start_image_url: string) =>
    result(KLING, await submit(KLING, { prompt: 'Push in', start_image_url, duration: '5' }));

  it('are H.264 MP4s filmed from an uploaded picture', async () => {
    const blank = { width: 720, height: 1_280, channels: 3, background: '#964' } as const;
    const png = Uint8Array.from(await sharp({ create: blank }).png().toBuffer());
    const upload = { file_name: 'hero.png', content_type: 'image/png' };
    const { body: addresses } = await askFal('rest.fal.ai/storage/upload/initiate', upload);
    await fetch(addresses.upload_url, { method: 'PUT', body: png });
    expect(await bytesOf(addresses.file_url)).toEqual(png);
    const { headers, body } = await film(addresses.file_url);
    expect(headers.get('x-fal-billable-units')).toBe('5');
    const mp4 = await bytesOf(body.video.url);
    expect(body.video).toMatchObject({ content_type: 'video/mp4', file_size: mp4.length });
    const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(mp4) });
    const track = await input.getPrimaryVideoTrack();
    expect([track?.codec, track?.displayWidth, track?.displayHeight]).toEqual(['avc', 252, 448]);
    expect(await input.computeDuration()).toBeCloseTo(MADE_CLIP_SECONDS, 1);
  });

  it('start from a picture of ours that nobody has downloaded, whatever host its address names', async () => {
    const [image] = await draw({ aspect_ratio: '9:16' });
    const { body } = await film(image!.url.replace(/^http:\/\/[^/]+/, 'http://10.0.0.1:9'));
    expect(body).toHaveProperty('video');
  });

  it('fail with file_download_error, unbilled, when their picture is gone', async () => {
    const gone = `${used.standIns.falBaseUrl}/v3.fal.media/files/00000000-0000-4000-8000-000000000000.png`;
    const { status, headers, body } = await film(gone);
    expect({ status, body }).toMatchObject({
      ...{
        status: 422,
        body: { detail: [{ type: 'file_download_error', loc: ['body', 'start_image_url'] }] },
      },
    });
    expect(headers.get('x-fal-billable-units')).toBe('0');
    expect(await used.billed()).toBe(0);
  });

  it('leave the process the handlers that it had', async () => {
    const before = process.listenerCount('unhandledRejection');
    expect((await film(FRAME)).status).toBe(200);
    expect(process.listenerCount('unhandledRejection')).toBe(before);
  });
});

it('the history lists ended jobs only, the newest first, with their input', async () => {
  const since = new Date().toISOString();
  const [first, second] = [
    { prompt: 'first', seed: 1 },
    { prompt: 'second', seed: 2 },
  ];
  const ids = [await submit(FLUX, first), await submit(FLUX, second)];
  used.control.set(NEVER);
  await submit(FLUX, { prompt: 'still running' });
  const { items } = (await history(`endpoint_id=${FLUX}&expand=payloads&start=${since}`)).body;
  expect(items.map((item: any) => [item.request_id, item.json_input])).toEqual([
    [ids[1], second],
    [ids[0], first],
  ]);
});

it('a model that refuses the input is no broken runner: the status of its job says nothing', async () => {
  used.control.fail({ on: 'submit', kind: 'completed-error', match: 'forbidden' });
  const [fine, refused] = [await submit(FLUX, { prompt: 'x' }), await submit(FLUX, { prompt: 'forbidden' })];
  expect((await result(FLUX, `${refused}/status`)).body).not.toHaveProperty('error');
  expect((await result(FLUX, refused)).body).toMatchObject({
    detail: [{ type: 'content_policy_violation' }],
  });
  expect((await result(FLUX, fine)).body).toHaveProperty('images');
});
