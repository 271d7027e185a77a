import { afterEach, describe, expect, it, vi } from 'vitest';
import { closedUrl, json, webPage, type Play } from '../../activities/testing/recorder.js';
import { KLING } from '../../activities/testing/samples.js';
import type { Stage } from '../../activities/testing/stage.js';
import { useStage } from '../../activities/testing/use-stage.js';
import { readSchema, schemaUrl } from '../../contract/media/read-schema.js';
import { failure } from '../testing/failure.js';
import { FalMedia } from './fal.js';
import { clipOrder, pictureOrder } from './testing/orders.js';

const SCHEMA = '/openapi.json';
const QUEUE = '/queue.fal.run/';

let stage: Stage;
useStage((opened) => (stage = opened));
afterEach(() => vi.useRealTimers());

const fal = (): FalMedia => new FalMedia({ key: 'sample', baseUrl: stage.falBaseUrl, offline: true });
const asked = (): number => stage.recorder.sent('GET', SCHEMA).length;
const sent = (): object[] => stage.recorder.sent('POST', QUEUE).map(({ body }) => JSON.parse(body) as object);
const circles = {
  paths: { '/x': { post: { requestBody: { $ref: '#/a' } } } },
  a: { content: { 'application/json': { schema: { $ref: '#/a' } } }, $ref: '#/a' },
};

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

  it.each(['fal-ai/nothing', '__proto__'])('of %s, which fal does not know, is unknown', async (endpoint) => {
    expect(await readSchema(endpoint, { baseUrl: stage.falBaseUrl })).toEqual({ kind: 'unknown' });
  });

  const again = () => ({ location: stage.recorder.url + SCHEMA });
  it.each<[string, Play, string]>([
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
    ['a redirect in circles', () => ({ ...webPage, status: 302, headers: again() }), 'redirect'],
  ])('that is %s is said to be unread', async (_name, play, words) => {
    stage.recorder.play(SCHEMA, play);
    // Only what never comes is waited out; a busy machine takes its time over the rest.
    const deadlineMs = words.startsWith('no answer') ? 200 : 20_000;
    const why = expect.stringMatching(words) as string;
    expect(await readSchema(KLING, { baseUrl: stage.falBaseUrl, deadlineMs })).toEqual({
      kind: 'unread',
      why,
    });
  });

  it('of a server that is not there names the reason', async () => {
    const unread = { kind: 'unread', why: 'ECONNREFUSED' };
    expect(await readSchema(KLING, { baseUrl: await closedUrl() })).toEqual(unread);
  });
});

describe('a submit', () => {
  it('has the input that its model takes, and is taken', async () => {
    const imageUrl = 'https://example.com/a.png';
    await fal().submit(pictureOrder('example/pixels', { aspectRatio: '9:16', seed: 5 }));
    await fal().submit(clipOrder('example/first-frame', { seed: 5, imageUrl }));
    expect(sent()).toEqual([
      { prompt: 'A harbor clock', width: 576, height: 1024, seed: 5 },
      { prompt: 'The hands move.', first_frame_image: imageUrl, duration: '6s', seed: 5 },
    ]);
    expect(await stage.bill()).toHaveLength(2);
  });

  it('to a model that needs what we do not have is not sent, and says what', async () => {
    const error = await failure(fal().submit(pictureOrder('example/masked')));
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'answered', status: 400 });
    expect(error.message).toBe(
      'fal: submit: example/masked needs mask_image_url, which Copydesk does not fill; choose another model',
    );
    expect(sent()).toEqual([]);
  });

  it('goes on by what we know when the schema can not be read', async () => {
    stage.recorder.play(SCHEMA, () => json(circles));
    const { prompt, imageUrl } = clipOrder(KLING);
    await fal().submit(clipOrder(KLING, { imageUrl }));
    expect(sent()).toEqual([{ prompt, start_image_url: imageUrl, duration: '5', generate_audio: false }]);
  });

  it('that was ended before it was sent was not sent', async () => {
    const error = await failure(fal().submit(clipOrder(KLING), AbortSignal.abort()));
    expect(error).toMatchObject({ kind: 'unreachable' });
    expect(sent()).toEqual([]);
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
    expect([await seconds(), await seconds()]).toEqual([5, 5]);
    expect(asked()).toBe(1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    expect(await Promise.all([seconds(), seconds(), seconds()])).toEqual([6, 6, 6]);
    expect(asked()).toBe(2);
  });
});
