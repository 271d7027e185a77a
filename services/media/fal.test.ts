import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { closedUrl, json, webPage } from '../../activities/testing/recorder.js';
import { FLUX, KLING } from '../../activities/testing/samples.js';
import type { Stage } from '../../activities/testing/stage.js';
import { useStage } from '../../activities/testing/use-stage.js';
import { kindOf } from '../assets/kind.js';
import type { ProviderError } from '../provider-error.js';
import { FalMedia } from './fal.js';
import type { MediaOrder } from './media.js';
import { clipOrder, pictureOrder } from './testing/orders.js';

const HOUR = 3_600_000;
const QUEUE = '/queue.fal.run/';

let stage: Stage;
useStage((opened) => (stage = opened));

const fal = (baseUrl = stage.falBaseUrl): FalMedia => new FalMedia({ key: 'sample', baseUrl, offline: true });
async function downloaded(url: string, bytes = 10_000_000, media = fal()): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await media.download(url, async (chunk) => void chunks.push(chunk), { bytes, ms: 10_000 });
  return new Uint8Array(Buffer.concat(chunks));
}
const picture = (change: Partial<MediaOrder> = {}): MediaOrder => pictureOrder(FLUX, change);
const clip = (): MediaOrder => clipOrder(KLING);
const made = async (order: MediaOrder = picture()) => (await fal().submit(order)).requestId;
const failure = (asked: Promise<unknown>): Promise<ProviderError> =>
  asked.then(
    (answer) => expect.fail(`answered ${JSON.stringify(answer)}`),
    (error: ProviderError) => error,
  );
const submits = (): number => stage.recorder.sent('POST', QUEUE).length;

describe('submit', () => {
  it('posts the input once, with the key, and answers the request id', async () => {
    const order = picture();
    const requestId = await made(order);
    const [call, ...rest] = stage.recorder.sent('POST', QUEUE);
    expect(rest).toEqual([]);
    expect(call?.path).toBe(`/fal/queue.fal.run/${FLUX}`);
    expect(call?.headers.authorization).toBe('Key sample');
    expect(JSON.parse(call?.body ?? '')).toEqual({
      ...{
        prompt: order.prompt,
        aspect_ratio: '16:9',
        num_images: 1,
        seed: order.seed,
        output_format: 'png',
      },
    });
    expect(await stage.bill()).toMatchObject([{ requestId, quantity: 1, amountNano: 60_000_000 }]);
  });

  it('has a connection of its own: on one that was kept, and is being closed, it would be lost', async () => {
    await made();
    await made();
    const sent = stage.recorder.sent('POST', QUEUE);
    expect(sent.map(({ headers }) => headers.connection)).toEqual(['close', 'close']);
  });

  it.each([
    ['a connection that breaks after the job was accepted', { kind: 'drop-after' }, 'lost', 1],
    ['a connection that breaks before', { kind: 'drop-before' }, 'lost', 0],
    ['429', { kind: 'status', status: 429 }, 'answered', 0],
    ['500', { kind: 'status', status: 500 }, 'lost', 0],
    ['500 to a job that was accepted', { kind: 'status', status: 500, accepted: true }, 'lost', 1],
    ['502', { kind: 'status', status: 502 }, 'lost', 0],
    ['503', { kind: 'status', status: 503 }, 'lost', 0],
    ['504', { kind: 'status', status: 504 }, 'lost', 0],
    ['408', { kind: 'status', status: 408 }, 'lost', 0],
    ['422', { kind: 'status', status: 422 }, 'answered', 0],
    ['401', { kind: 'status', status: 401 }, 'answered', 0],
    ['403', { kind: 'status', status: 403 }, 'answered', 0],
  ] as const)('is one POST at %s', async (_name, fault, kind, bills) => {
    stage.control.fail({ on: 'submit', times: 5, ...fault });
    expect(await failure(fal().submit(picture()))).toMatchObject({
      provider: 'fal',
      kind,
      status: 'status' in fault ? fault.status : null,
    });
    expect(submits()).toBe(1);
    expect(await stage.bill()).toHaveLength(bills);
  });

  it('is one POST at an answer that breaks off: the job was accepted', async () => {
    stage.recorder.play(QUEUE, async (_call, behind) => ({ ...(await behind()), cut: true }));
    expect(await failure(fal().submit(picture()))).toMatchObject({ kind: 'lost' });
    expect(submits()).toBe(1);
    expect(await stage.bill()).toHaveLength(1);
  });

  it.each([
    ['a web page', webPage],
    ['JSON that is none', { ...json(null), body: '{"request_id"' }],
    ['JSON without a request id', json({ status: 'IN_QUEUE' })],
  ])('is one POST, and lost, at %s with status 200', async (_name, reply) => {
    stage.recorder.play(QUEUE, () => reply);
    expect(await failure(fal().submit(picture()))).toMatchObject({ kind: 'lost' });
    expect(submits()).toBe(1);
  });

  it('knows that nothing was sent to a closed port', async () => {
    expect(await failure(fal(await closedUrl()).submit(picture()))).toMatchObject({ kind: 'unreachable' });
  });

  it("tells the provider's words, code and wait", async () => {
    stage.control.fail({
      on: 'submit',
      kind: 'status',
      status: 422,
      body: { detail: [{ loc: ['body', 'prompt'], msg: 'Flagged.', type: 'content_policy_violation' }] },
    });
    expect(await failure(fal().submit(picture()))).toMatchObject({
      message: 'fal: submit: Flagged.',
      code: 'content_policy_violation',
    });
    stage.control.fail({ on: 'submit', kind: 'status', status: 429, retryAfter: 4 });
    expect(await failure(fal().submit(picture()))).toMatchObject({
      message: 'fal: submit: Too many requests',
      retryAfterMs: 4_000,
    });
  });

  it('may have been accepted when it is aborted', async () => {
    const abort = new AbortController();
    stage.recorder.play(QUEUE, async (_call, behind) => {
      const reply = await behind();
      abort.abort();
      return reply;
    });
    expect(await failure(fal().submit(picture(), abort.signal))).toMatchObject({ kind: 'lost' });
    expect(submits()).toBe(1);
  });
});

describe('a job', () => {
  it("goes from queued to completed, with the runner's own seconds", async () => {
    stage.control.set({ image: { latencyMs: HOUR } });
    expect(await fal().state(FLUX, await made())).toEqual({ state: 'queued', seconds: null, failed: null });
    stage.control.set({ image: { latencyMs: 10 } });
    const requestId = await made();
    await expect
      .poll(() => fal().state(FLUX, requestId))
      .toEqual({ state: 'completed', seconds: 0.008, failed: null });
  });

  it('tells its file and the units that were metered', async () => {
    const result = await fal().result(FLUX, await made());
    expect(result).toEqual({
      files: [{ url: expect.stringMatching(/\.png$/) as string, contentType: 'image/png' }],
      units: '1',
      flagged: false,
    });
    const filmed = await fal().result(KLING, await made(clip()));
    expect(filmed).toMatchObject({ files: [{ contentType: 'video/mp4' }], units: '5', flagged: false });
  });

  it.each([[''], ['free'], ['1e3'], ['-1']])('has no units where the header says %j', async (units) => {
    const requestId = await made();
    stage.recorder.play(`/requests/${requestId}`, async (_call, behind) => {
      const reply = await behind();
      return { ...reply, headers: { ...reply.headers, 'x-fal-billable-units': units } };
    });
    expect(await fal().result(FLUX, requestId)).toMatchObject({ units: null });
  });

  it('that failed tells status, code, words and units', async () => {
    stage.control.fail({ on: 'submit', kind: 'completed-error', code: 'no_media_generated' });
    const requestId = await made();
    expect(await fal().state(FLUX, requestId)).toMatchObject({ state: 'completed' });
    expect(await failure(fal().result(FLUX, requestId))).toMatchObject({
      kind: 'answered',
      status: 422,
      code: 'no_media_generated',
      requestId,
      units: '0',
      message: 'fal: result: No media was generated. Please try again with a different prompt.',
    });
  });

  it.each([
    [false, null],
    [true, '1'],
  ])('that broke at its runner says so in its state, billed: %s', async (accepted, units) => {
    const requestId = await made();
    stage.control.fail({ on: 'status', kind: 'completed-error', status: 500, accepted });
    expect(await fal().state(FLUX, requestId)).toEqual({
      ...{ state: 'completed', seconds: 0, failed: 'Internal server error (runner_server_error)' },
    });
    expect(await failure(fal().result(FLUX, requestId))).toMatchObject({
      ...{ kind: 'answered', status: 500, code: 'runner_server_error', units },
    });
  });

  it('has bounded words, whatever its status says, and none before its end', async () => {
    const requestId = await made();
    const said = (change: object): void =>
      stage.recorder.play('/status', () => json({ status: 'COMPLETED', request_id: requestId, ...change }));
    const failed = async () => (await fal().state(FLUX, requestId)).failed;
    said({ error: `Broken\n${'x'.repeat(5_000)}` });
    expect(await failed()).toMatch(/^Broken x{990,}…$/);
    said({ error: { detail: 'Out of memory' }, error_type: 'internal_error' });
    expect(await failed()).toBe('Out of memory (internal_error)');
    said({ error_type: 'request_timeout' });
    expect(await failed()).toBe('request_timeout');
    said({ error: [{ loc: ['body'] }] });
    expect(await failed()).toBe('[{"loc":["body"]}]');
    said({ error: null, error_type: '' });
    expect(await failed()).toBeNull();
    said({ status: 'IN_PROGRESS', error: 'not yet' });
    expect(await failed()).toBeNull();
  });

  it('whose picture the safety filter blanked says so', async () => {
    const requestId = await made();
    stage.recorder.play(`/requests/${requestId}`, async (_call, behind) => {
      const reply = await behind();
      const data = { ...(JSON.parse(String(reply.body)) as object), has_nsfw_concepts: [true] };
      return { ...reply, headers: { 'x-fal-billable-units': '1', ...json(data).headers }, ...bodyOf(data) };
    });
    expect(await fal().result(FLUX, requestId)).toMatchObject({ units: '1', flagged: true });
  });

  it('of which only one picture comes, under `image`, has that file', async () => {
    stage.recorder.play('/requests/', () => json({ image: { url: 'https://example.com/a.png' } }));
    expect((await fal().result('some/endpoint', 'x')).files).toEqual([
      { url: 'https://example.com/a.png', contentType: null },
    ]);
  });
});

describe('cancel', () => {
  afterEach(() => vi.useRealTimers());

  it('takes a job out of the queue, which costs nothing', async () => {
    stage.control.set({ image: { latencyMs: HOUR } });
    const requestId = await made();
    expect(await fal().cancel(FLUX, requestId)).toBe('removed');
    expect(stage.recorder.sent('PUT', `/requests/${requestId}/cancel`)).toHaveLength(1);
    expect(await stage.bill()).toMatchObject([{ quantity: 1 }, { quantity: -1 }]);
  });

  it('only asks a runner to stop a job: it may go on and be billed', async () => {
    stage.control.set({ image: { latencyMs: HOUR } });
    const requestId = await made();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR / 2 });
    expect(await fal().cancel(FLUX, requestId)).toBe('asked');
    vi.setSystemTime(Date.now() + HOUR);
    expect(await fal().result(FLUX, requestId)).toMatchObject({ units: '1' });
    expect(await stage.bill()).toMatchObject([{ requestId, quantity: 1 }]);
  });

  it('of a finished or an unknown job is no error', async () => {
    expect(await fal().cancel(FLUX, await made())).toBe('ended');
    expect(await fal().cancel(FLUX, 'never-heard-of')).toBe('unknown');
    expect(stage.recorder.sent('PUT', '/cancel')).toHaveLength(2);
  });

  it('with a wrong key is one', async () => {
    stage.control.fail({ on: 'cancel', kind: 'status', status: 401 });
    expect(await failure(fal().cancel(FLUX, await made()))).toMatchObject({ status: 401 });
  });
});

describe('find', () => {
  const since = new Date(Date.now() - HOUR).toISOString();
  const pages = (): number => stage.recorder.sent('GET', '/requests/by-endpoint').length;

  it('finds a job by its seed and prompt and no other, once it has ended', async () => {
    const order = picture();
    const requestId = await made(order);
    expect(await fal().find(order, since)).toEqual({ requestId });
    expect(await fal().find({ ...order, seed: order.seed + 1 }, since)).toBeNull();
    expect(await fal().find({ ...order, prompt: 'A harbor' }, since)).toBeNull();
    expect(await fal().find(order, new Date(Date.now() + HOUR).toISOString())).toBeNull();
    stage.control.set({ image: { latencyMs: HOUR } });
    const queued = picture();
    await made(queued);
    expect(await fal().find(queued, since)).toBeNull();
  });

  it.each([
    ['no seed', KLING],
    ['a seed', 'example/first-frame'],
  ])('finds a clip of a model with %s by its own frame', async (_name, endpoint) => {
    const order = clipOrder(endpoint);
    const requestId = await made(order);
    const other = await made({ ...order, imageUrl: 'https://example.com/other.png' });
    expect(await fal().find(order, since)).toEqual({ requestId });
    expect(await fal().find({ ...order, imageUrl: 'https://example.com/other.png' }, since)).toEqual({
      requestId: other,
    });
    expect(await fal().find({ ...order, imageUrl: 'https://example.com/none.png' }, since)).toBeNull();
  });

  it('finds a job whose input was made without the schema that is there today, and the other way round', async () => {
    const order = pictureOrder('fal-ai/nano-banana');
    stage.control.fail({ on: 'schema', kind: 'status', status: 503 });
    const without = await made(order);
    expect(await fal().find(order, since)).toEqual({ requestId: without });
    const later = pictureOrder('fal-ai/nano-banana');
    const withSchema = await made(later);
    stage.control.fail({ on: 'schema', kind: 'status', status: 503 });
    expect(await fal().find(later, since)).toEqual({ requestId: withSchema });
  });

  it('finds one beyond the first page', async () => {
    const order = pictureOrder('fal-ai/flux/dev');
    const requestId = await made(order);
    const media = fal();
    for (let count = 0; count < 55; count += 1) await media.submit(pictureOrder(order.endpoint));
    stage.recorder.reset();
    expect(await fal().find(order, since)).toEqual({ requestId });
    expect(pages()).toBe(2);
  });

  it('gives up a history that has no end', async () => {
    stage.recorder.play('/requests/by-endpoint', () => json({ items: [], next_cursor: 'again' }));
    expect(await fal().find(picture(), since)).toBeNull();
    expect(pages()).toBe(20);
  });

  it.each([
    [
      { kind: 'status', status: 403 },
      { kind: 'answered', status: 403 },
    ],
    [{ kind: 'drop-before' }, { kind: 'lost', status: null }],
  ] as const)('throws %j', async (fault, facts) => {
    stage.control.fail({ on: 'history', ...fault });
    expect(await failure(fal().find(picture(), since))).toMatchObject(facts);
  });
});

describe('files', () => {
  it('come back byte for byte from where they were uploaded', async () => {
    const bytes = new Uint8Array(randomBytes(20_000));
    const { url } = await fal().upload(bytes, 'image/png', 'frame.png');
    expect(url).toMatch(/\.png$/);
    expect(await downloaded(url)).toEqual(bytes);
  });

  it('that a job made are downloaded', async () => {
    const { files } = await fal().result(FLUX, await made());
    expect(kindOf(await downloaded(String(files[0]?.url)))).toBe('PNG');
  });

  it('that are a web page are left to whoever checks them', async () => {
    stage.control.fail({ on: 'download', kind: 'html' });
    const { files } = await fal().result(FLUX, await made());
    expect(kindOf(await downloaded(String(files[0]?.url)))).toBe('HTML');
  });

  it.each([
    ['is not there', { status: 404, headers: {}, body: 'Not Found' }, { kind: 'answered', status: 404 }],
    ['breaks off', { status: 200, headers: {}, body: 'x'.repeat(100), cut: true }, { kind: 'lost' }],
  ])('one that %s is an error', async (_name, reply, facts) => {
    stage.recorder.play('/a.png', () => ({
      ...reply,
      headers: { ...lengthOf(reply.body), ...reply.headers },
    }));
    expect(await failure(downloaded(`${stage.recorder.url}/a.png`))).toMatchObject({
      ...{ name: 'ProviderError', provider: 'fal' },
      ...facts,
    });
  });

  it.each([
    ['as its header says', (body: string) => lengthOf(body)],
    ['which no header says', () => ({ 'transfer-encoding': 'chunked' })],
  ])('one that is larger than it may be, %s, is refused', async (_name, headers) => {
    const reply = (length: number) => ({
      status: 200,
      body: 'x'.repeat(length),
      headers: headers('x'.repeat(length)),
    });
    stage.recorder.play('/a.png', () => reply(101));
    expect(await failure(downloaded(`${stage.recorder.url}/a.png`, 100))).toMatchObject({
      name: 'FetchRefused',
      message: 'fal: download: the answer is larger than 100 bytes',
    });
    stage.recorder.play('/a.png', () => reply(100));
    expect(await downloaded(`${stage.recorder.url}/a.png`, 100)).toHaveLength(100);
  });

  it('one at a closed port was never asked for', async () => {
    const url = await closedUrl();
    expect(await failure(downloaded(`${url}/a.png`, 100, fal(url)))).toMatchObject({ kind: 'unreachable' });
  });

  it('one that is not at a public address, nor at the base URL, is refused', async () => {
    const url = await closedUrl();
    expect(await failure(downloaded(`${url}/a.png`))).toMatchObject({
      name: 'FetchRefused',
      message: `fal: download: ${url} is not https; COPYDESK_ALLOW_PRIVATE=1 allows it`,
    });
  });

  it('what takes the bytes is heard when it fails', async () => {
    const { url } = await fal().upload(new Uint8Array(10), 'image/png', 'frame.png');
    const full = Promise.reject(new Error('the disk is full'));
    full.catch(() => undefined);
    await expect(fal().download(url, () => full, { bytes: 100, ms: 10_000 })).rejects.toThrow(
      /^the disk is full$/,
    );
  });
});

describe('unitPrice', () => {
  it("is fal's own price of an endpoint", async () => {
    expect(await fal().unitPrice(FLUX)).toEqual({ usd: '0.06', unit: 'image' });
    expect(await fal().unitPrice(KLING)).toEqual({ usd: '0.112', unit: 'second' });
  });

  it.each([
    ['an endpoint without one', { prices: [] }],
    ["another endpoint's", { prices: [{ endpoint_id: 'x', unit_price: 1, unit: 'image', currency: 'USD' }] }],
    ['euros', { prices: [{ endpoint_id: FLUX, unit_price: 1, unit: 'image', currency: 'EUR' }] }],
    ['no list at all', {}],
  ])('is null for %s', async (_name, answer) => {
    stage.recorder.play('/pricing', () => json(answer));
    expect(await fal().unitPrice(FLUX)).toBeNull();
  });

  it.each([
    [
      { kind: 'status', status: 500 },
      { kind: 'answered', status: 500 },
    ],
    [{ kind: 'drop-before' }, { kind: 'lost' }],
  ] as const)('throws at %j', async (fault, facts) => {
    stage.control.fail({ on: 'pricing', ...fault });
    expect(await failure(fal().unitPrice(FLUX))).toMatchObject(facts);
  });
});

const bodyOf = (data: object) => ({ body: JSON.stringify(data) });
const lengthOf = (body: string) => ({ 'content-length': String(body.length) });
