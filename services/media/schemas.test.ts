import { afterEach, describe, expect, it, vi } from 'vitest';
import { closedUrl, json, webPage, type Play } from '../../activities/testing/recorder.js';
import { KLING } from '../../activities/testing/samples.js';
import type { Stage } from '../../activities/testing/stage.js';
import { useStage } from '../../activities/testing/use-stage.js';
import { readSchema, schemaUrl } from '../../contract/media/read-schema.js';
import type { ProviderError } from '../provider-error.js';
import { FalMedia } from './fal.js';
import { Schemas } from './schemas.js';
import { clipOrder, pictureOrder } from './testing/orders.js';

const SCHEMA = '/openapi.json';
const QUEUE = '/queue.fal.run/';

let stage: Stage;
useStage((opened) => (stage = opened));
afterEach(() => vi.useRealTimers());

const fal = (schemas?: Schemas): FalMedia =>
  new FalMedia({ key: 'sample', baseUrl: stage.falBaseUrl, offline: true, ...(schemas && { schemas }) });
const asked = (): number => stage.recorder.sent('GET', SCHEMA).length;
const sent = (): object => JSON.parse(stage.recorder.sent('POST', QUEUE).at(-1)?.body ?? '{}') as object;
const circles = {
  paths: { '/x': { post: { requestBody: { $ref: '#/a' } } } },
  a: { content: { 'application/json': { schema: { $ref: '#/a' } } }, $ref: '#/a' },
};

/** What a server can answer in place of a schema, and what is said of it. */
const HOSTILE: readonly (readonly [string, Play, string])[] = [
  ['a document without end', () => json({ padding: 'x'.repeat(2_000_000) }), 'larger than 2000000 bytes'],
  ['an answer that never comes', () => new Promise(() => undefined), 'no answer within 0.2 s'],
  ['a web page', () => webPage, 'is not JSON'],
  [
    'JSON that breaks off',
    () => ({ ...json({ paths: {} }), cut: true }),
    'terminated|other side closed|reset',
  ],
  ['a schema that leads to itself', () => json(circles), 'is no schema of a model'],
  ['JSON of something else', () => json({ detail: 'Not Found' }), 'is no schema of a model'],
  ['nothing', () => json(null), 'is no schema of a model'],
  ['an error', () => ({ ...webPage, status: 503 }), 'HTTP 503'],
  [
    'a redirect in circles',
    () => ({ ...webPage, status: 302, headers: { location: stage.recorder.url + SCHEMA } }),
    '.',
  ],
];

/** Only what never comes is waited out; a busy machine takes its time over the rest. */
const deadlineMs = (why: string): number => (why.startsWith('no answer') ? 200 : 20_000);

describe('a schema', () => {
  it('is where fal publishes it, and behind a base URL under its host', () => {
    const path = '/api/openapi/queue/openapi.json?endpoint_id=fal-ai%2Fflux%2Fdev';
    expect(schemaUrl('fal-ai/flux/dev', null)).toBe(`https://fal.ai${path}`);
    expect(schemaUrl('fal-ai/flux/dev', 'http://127.0.0.1:1')).toBe(`http://127.0.0.1:1/fal.ai${path}`);
  });

  it('is read without a key', async () => {
    const answer = await readSchema(KLING, { baseUrl: stage.falBaseUrl });
    expect(answer).toMatchObject({ kind: 'fields', fields: { required: ['start_image_url'] } });
    expect(stage.recorder.sent('GET', SCHEMA)[0]?.headers.authorization).toBeUndefined();
  });

  it('of an endpoint that fal does not know is said to be unknown', async () => {
    const source = { baseUrl: stage.falBaseUrl };
    expect(await readSchema('fal-ai/nothing', source)).toEqual({ kind: 'unknown' });
    expect(await readSchema('__proto__', source)).toEqual({ kind: 'unknown' });
  });

  it.each(HOSTILE)('that is %s is said to be unread', async (_name, play, why) => {
    stage.recorder.play(SCHEMA, play);
    expect(await readSchema(KLING, { baseUrl: stage.falBaseUrl, deadlineMs: deadlineMs(why) })).toEqual({
      ...{ kind: 'unread', why: expect.stringMatching(new RegExp(why)) as string },
    });
  });

  it('of a server that is not there names the reason', async () => {
    expect(await readSchema(KLING, { baseUrl: await closedUrl() })).toEqual({
      kind: 'unread',
      why: 'ECONNREFUSED',
    });
  });
});

describe('a submit', () => {
  it.each([
    [
      'width and height',
      pictureOrder('example/pixels', { aspectRatio: '9:16', seed: 5 }),
      { prompt: 'A harbor clock', width: 576, height: 1024, seed: 5 },
    ],
    [
      'the nearest ratio',
      pictureOrder('example/seedless'),
      { prompt: 'A harbor clock', aspect_ratio: '3:2' },
    ],
    [
      'a frame under another name and its own seconds',
      clipOrder('example/first-frame', { seed: 5, imageUrl: 'https://example.com/a.png' }),
      { prompt: 'The hands move.', first_frame_image: 'https://example.com/a.png', duration: '6s', seed: 5 },
    ],
    [
      "another model's fields",
      clipOrder('fal-ai/veo3.1/image-to-video', { seed: 5, imageUrl: 'https://example.com/a.png' }),
      {
        ...{ prompt: 'The hands move.', image_url: 'https://example.com/a.png', aspect_ratio: '9:16' },
        ...{ duration: '4s', resolution: '720p', generate_audio: false, seed: 5 },
      },
    ],
    [
      'a size by name',
      pictureOrder('fal-ai/bytedance/seedream/v4/text-to-image', { seed: 5 }),
      { prompt: 'A harbor clock', image_size: 'landscape_16_9', num_images: 1, seed: 5 },
    ],
  ])('to a model that takes %s has that input, and is taken', async (_name, order, input) => {
    await fal().submit(order);
    expect(sent()).toEqual(input);
    expect(await stage.bill()).toHaveLength(1);
  });

  it('to a model that needs what we do not have is not sent, and says what', async () => {
    const failed = (await fal()
      .submit(pictureOrder('example/masked'))
      .catch((error: unknown) => error)) as ProviderError;
    expect(failed).toMatchObject({
      ...{ name: 'ProviderError', kind: 'answered', status: 400 },
      message:
        'fal: submit: example/masked needs mask_image_url, which Copydesk does not fill; choose another model',
    });
    expect(stage.recorder.sent('POST', QUEUE)).toEqual([]);
  });

  it.each(HOSTILE)('goes on by what we know when the schema is %s', async (_name, play, why) => {
    stage.recorder.play(SCHEMA, play);
    const order = clipOrder(KLING);
    await fal(new Schemas({ baseUrl: stage.falBaseUrl, deadlineMs: deadlineMs(why) })).submit(order);
    expect(sent()).toEqual({
      ...{ prompt: order.prompt, start_image_url: order.imageUrl, duration: '5', generate_audio: false },
    });
    expect(stage.recorder.sent('POST', QUEUE)).toHaveLength(1);
  });

  it('that was ended before it was sent was not sent', async () => {
    const abort = AbortSignal.abort();
    const failed = await fal()
      .submit(clipOrder(KLING), abort)
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ kind: 'unreachable' });
    expect(stage.recorder.sent('POST', QUEUE)).toEqual([]);
  });
});

describe('one process', () => {
  it('asks once for each endpoint, however many jobs begin at once', async () => {
    const media = fal();
    await Promise.all(Array.from({ length: 5 }, () => media.submit(clipOrder(KLING))));
    await media.submit(pictureOrder('fal-ai/flux/dev'));
    await media.find(clipOrder(KLING), new Date().toISOString());
    expect(await media.clipSeconds(KLING)).toBe(5);
    expect(asked()).toBe(2);
  });

  it('asks again a minute after a failure, and not before', async () => {
    const media = fal();
    stage.control.fail({ on: 'schema', kind: 'status', status: 503 });
    const seconds = () => media.clipSeconds('example/first-frame');
    // Five of the usual fields; six is the model's own word.
    expect(await seconds()).toBe(5);
    expect(await seconds()).toBe(5);
    expect(asked()).toBe(1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    expect(await Promise.all([seconds(), seconds(), seconds()])).toEqual([6, 6, 6]);
    expect(asked()).toBe(2);
  });
});
