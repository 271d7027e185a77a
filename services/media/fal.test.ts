import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { closedUrl, json, webPage, type Reply } from '../../activities/testing/recorder.js';
import { FLUX, KLING } from '../../activities/testing/samples.js';
import type { Stage } from '../../activities/testing/stage.js';
import { useStage } from '../../activities/testing/use-stage.js';
import { kindOf } from '../assets/kind.js';
import { NO_SECRETS } from '../secrets.js';
import { failure } from '../testing/failure.js';
import { failedWords } from './fal-errors.js';
import { FalMedia } from './fal.js';
import { clipOrder, pictureOrder } from './testing/orders.js';
import type { MediaOrder } from '../../contract/media/read-fields.js';

const HOUR = 3_600_000;
const QUEUE = '/queue.fal.run/';
const UNITS = 'x-fal-billable-units';

let stage: Stage;
useStage((opened) => (stage = opened));

const fal = (baseUrl = stage.falBaseUrl): FalMedia => new FalMedia({ key: 'sample', baseUrl, offline: true });
const picture = (change: Partial<MediaOrder> = {}): MediaOrder => pictureOrder(FLUX, change);
const made = async (order: MediaOrder = picture()) => (await fal().submit(order)).requestId;
const refusal = () => failure(fal().submit(picture()));
const submits = (): number => stage.recorder.sent('POST', QUEUE).length;

describe('submit', () => {
  it('posts the input once, with the key, and answers the request id', async () => {
    const order = picture();
    const requestId = await made(order);
    const [call, ...rest] = stage.recorder.sent('POST', QUEUE);
    expect(rest).toEqual([]);
    expect(call?.path).toBe(`/fal/queue.fal.run/${FLUX}`);
    expect(call?.headers.authorization).toBe('Key sample');
    const { prompt, seed } = order;
    const input = { prompt, aspect_ratio: '16:9', num_images: 1, seed, output_format: 'png' };
    expect(JSON.parse(call?.body ?? '')).toEqual(input);
    expect(await stage.bill()).toMatchObject([{ requestId, quantity: 1, amountNano: 60_000_000 }]);
  });

  it('has a connection of its own: on one that was kept, and is being closed, it would be lost', async () => {
    await made();
    await made();
    const sent = stage.recorder.sent('POST', QUEUE);
    expect(sent.map(({ headers }) => headers.connection)).toEqual(['close', 'close']);
  });

  const statuses = <K>(kind: K, ...all: number[]) =>
    all.map((status) => [{ kind: 'status', status }, kind, 0] as const);
  it.each([
    [{ kind: 'drop-after' }, 'lost', 1],
    [{ kind: 'drop-before' }, 'lost', 0],
    [{ kind: 'status', status: 500, accepted: true }, 'lost', 1],
    ...statuses('lost', 408, 500, 502, 503, 504),
    ...statuses('answered', 401, 403, 422, 429),
  ] as const)('is one POST at %j, and %s', async (fault, kind, bills) => {
    stage.control.fail({ on: 'submit', times: 5, ...fault });
    const status = 'status' in fault ? fault.status : null;
    expect(await refusal()).toMatchObject({ provider: 'fal', kind, status });
    expect(submits()).toBe(1);
    expect(await stage.bill()).toHaveLength(bills);
  });

  it('is one POST at an answer that breaks off: the job was accepted', async () => {
    stage.recorder.play(QUEUE, async (_call, behind) => ({ ...(await behind()), cut: true }));
    expect(await refusal()).toMatchObject({ kind: 'lost' });
    expect(submits()).toBe(1);
    expect(await stage.bill()).toHaveLength(1);
  });

  it.each([
    ['a web page', webPage],
    ['JSON that is none', { ...json(null), body: '{"request_id"' }],
    ['JSON without a request id', json({ status: 'IN_QUEUE' })],
  ])('is one POST, and lost, at %s with status 200', async (_name, reply) => {
    stage.recorder.play(QUEUE, () => reply);
    expect(await refusal()).toMatchObject({ kind: 'lost' });
    expect(submits()).toBe(1);
  });

  it('knows that nothing was sent to a closed port', async () => {
    expect(await failure(fal(await closedUrl()).submit(picture()))).toMatchObject({ kind: 'unreachable' });
  });

  it("tells the provider's words and wait", async () => {
    stage.control.fail({ on: 'submit', kind: 'status', status: 429, retryAfter: 4 });
    expect(await refusal()).toMatchObject({ message: 'fal: submit: Too many requests', retryAfterMs: 4_000 });
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
    const completed = { state: 'completed', seconds: 0.008, failed: null };
    await expect.poll(() => fal().state(FLUX, requestId)).toEqual(completed);
  });

  it('tells its file and the units that were metered', async () => {
    const files = [{ url: expect.stringMatching(/\.png$/) as string, contentType: 'image/png' }];
    expect(await fal().result(FLUX, await made())).toEqual({ files, units: '1', flagged: false });
    const filmed = await fal().result(KLING, await made(clipOrder(KLING)));
    expect(filmed).toMatchObject({ files: [{ contentType: 'video/mp4' }], units: '5', flagged: false });
  });

  it.each([[''], ['free'], ['1e3'], ['-1']])('has no units where the header says %j', async (units) => {
    stage.recorder.play('/requests/', () => json({}, { [UNITS]: units }));
    expect(await fal().result(FLUX, 'x')).toMatchObject({ units: null });
  });

  it('that failed tells status, code, words and units', async () => {
    stage.control.fail({ on: 'submit', kind: 'completed-error', code: 'no_media_generated' });
    const requestId = await made();
    expect(await fal().state(FLUX, requestId)).toMatchObject({ state: 'completed' });
    const message = 'fal: result: No media was generated. Please try again with a different prompt.';
    const error = await failure(fal().result(FLUX, requestId));
    expect(error).toMatchObject({ kind: 'answered', status: 422, requestId, units: '0', message });
    expect(error.code).toBe('no_media_generated');
  });

  it.each([
    [false, null],
    [true, '1'],
  ])('that broke at its runner says so in its state, billed: %s', async (accepted, units) => {
    const requestId = await made();
    stage.control.fail({ on: 'status', kind: 'completed-error', status: 500, accepted });
    const failed = 'Internal server error (runner_server_error)';
    expect(await fal().state(FLUX, requestId)).toEqual({ state: 'completed', seconds: 0, failed });
    const error = await failure(fal().result(FLUX, requestId));
    expect(error).toMatchObject({ kind: 'answered', status: 500, code: 'runner_server_error', units });
  });

  it.each([
    [{ error: `Broken\n${'x'.repeat(5_000)}` }, expect.stringMatching(/^Broken x{990,}…$/) as string],
    [{ error: { detail: 'Out of memory' }, error_type: 'internal_error' }, 'Out of memory (internal_error)'],
    [{ error_type: 'request_timeout' }, 'request_timeout'],
    [{ error: [{ loc: ['body'] }] }, '[{"loc":["body"]}]'],
    [{ error: null, error_type: '' }, null],
  ])('has bounded words, whatever its status says: %.40j', (status, words) => {
    expect(failedWords(status, NO_SECRETS)).toEqual(words);
  });

  it('has no words of a failure before its end', async () => {
    stage.recorder.play('/status', () => json({ status: 'IN_PROGRESS', error: 'not yet' }));
    expect(await fal().state(FLUX, 'x')).toEqual({ state: 'running', seconds: null, failed: null });
  });

  it('whose picture the safety filter blanked says so', async () => {
    stage.recorder.play('/requests/', () => json({ has_nsfw_concepts: [true] }, { [UNITS]: '1' }));
    expect(await fal().result(FLUX, 'x')).toEqual({ files: [], units: '1', flagged: true });
  });

  it('of which only one picture comes, under `image`, has that file', async () => {
    const url = 'https://example.com/a.png';
    stage.recorder.play('/requests/', () => json({ image: { url } }));
    expect((await fal().result('some/endpoint', 'x')).files).toEqual([{ url, contentType: null }]);
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
  const find = (order: MediaOrder) => fal().find(order, since);
  const pages = (): number => stage.recorder.sent('GET', '/requests/by-endpoint').length;

  it('finds a job by its seed and prompt and no other, once it has ended', async () => {
    const order = picture();
    const requestId = await made(order);
    expect(await find(order)).toEqual({ requestId });
    expect(await find({ ...order, seed: order.seed + 1 })).toBeNull();
    expect(await find({ ...order, prompt: 'A harbor' })).toBeNull();
    expect(await fal().find(order, new Date(Date.now() + HOUR).toISOString())).toBeNull();
    stage.control.set({ image: { latencyMs: HOUR } });
    const queued = picture();
    await made(queued);
    expect(await find(queued)).toBeNull();
  });

  it.each([
    ['no seed', KLING],
    ['a seed', 'example/first-frame'],
  ])('finds a clip of a model with %s by its own frame', async (_name, endpoint) => {
    const order = clipOrder(endpoint);
    const other = { ...order, imageUrl: 'https://example.com/other.png' };
    const [requestId, otherId] = [await made(order), await made(other)];
    expect(await find(order)).toEqual({ requestId });
    expect(await find(other)).toEqual({ requestId: otherId });
    expect(await find({ ...order, imageUrl: 'https://example.com/none.png' })).toBeNull();
  });

  it('finds a job whose input was made without the schema that is there today, and the other way round', async () => {
    const [order, later] = [pictureOrder('fal-ai/nano-banana'), pictureOrder('fal-ai/nano-banana')];
    const loseSchema = () => stage.control.fail({ on: 'schema', kind: 'status', status: 503 });
    loseSchema();
    const without = await made(order);
    expect(await find(order)).toEqual({ requestId: without });
    const withSchema = await made(later);
    loseSchema();
    expect(await find(later)).toEqual({ requestId: withSchema });
  });

  it('finds one beyond the first page', async () => {
    const order = pictureOrder('fal-ai/flux/dev');
    const requestId = await made(order);
    const media = fal();
    for (let count = 0; count < 55; count += 1) await media.submit(pictureOrder(order.endpoint));
    stage.recorder.reset();
    expect(await find(order)).toEqual({ requestId });
    expect(pages()).toBe(2);
  });

  it('gives up a history that has no end', async () => {
    stage.recorder.play('/requests/by-endpoint', () => json({ items: [], next_cursor: 'again' }));
    expect(await find(picture())).toBeNull();
    expect(pages()).toBe(20);
  });

  it('throws where the history may not be seen', async () => {
    stage.control.fail({ on: 'history', kind: 'status', status: 403 });
    expect(await failure(find(picture()))).toMatchObject({ kind: 'answered', status: 403 });
  });
});

describe('files', () => {
  async function downloaded(url: string, bytes = 10_000_000, media = fal()): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    await media.download(url, async (chunk) => void chunks.push(chunk), { bytes, ms: 10_000 });
    return new Uint8Array(Buffer.concat(chunks));
  }
  const upload = (bytes: Uint8Array) => fal().upload(bytes, 'image/png', 'frame.png');
  /** Downloads what is played as a file, of 100 bytes at most. */
  function played(reply: Partial<Reply> & { readonly body: string }) {
    const headers = { 'content-length': String(reply.body.length), ...reply.headers };
    stage.recorder.play('/a.png', () => ({ status: 200, ...reply, headers }));
    return downloaded(`${stage.recorder.url}/a.png`, 100);
  }

  it('come back byte for byte from where they were uploaded', async () => {
    const bytes = new Uint8Array(randomBytes(20_000));
    const { url } = await upload(bytes);
    expect(url).toMatch(/\.png$/);
    expect(await downloaded(url)).toEqual(bytes);
  });

  it('that a job made are downloaded, and a web page is left to whoever checks them', async () => {
    const { files } = await fal().result(FLUX, await made());
    const url = String(files[0]?.url);
    expect(kindOf(await downloaded(url))).toBe('PNG');
    stage.control.fail({ on: 'download', kind: 'html' });
    expect(kindOf(await downloaded(url))).toBe('HTML');
  });

  it.each([
    ['is not there', { status: 404, body: 'Not Found' }, { kind: 'answered', status: 404 }],
    ['breaks off', { body: 'x'.repeat(100), cut: true }, { kind: 'lost' }],
  ])('one that %s is an error', async (_name, reply, facts) => {
    const error = await failure(played(reply));
    expect(error).toMatchObject({ name: 'ProviderError', provider: 'fal', ...facts });
  });

  it.each([
    ['as its header says', {}],
    ['which no header says', { 'content-length': undefined, 'transfer-encoding': 'chunked' }],
  ])('one that is larger than it may be, %s, is refused', async (_name, headers) => {
    const message = 'fal: download: the answer is larger than 100 bytes';
    const error = await failure(played({ body: 'x'.repeat(101), headers }));
    expect(error).toMatchObject({ name: 'FetchRefused', message });
    expect(await played({ body: 'x'.repeat(100), headers })).toHaveLength(100);
  });

  it('one at a closed port was never asked for, and one that is not public, nor at the base URL, is refused', async () => {
    const url = await closedUrl();
    const error = await failure(downloaded(`${url}/a.png`, 100, fal(url)));
    expect(error).toMatchObject({ kind: 'unreachable' });
    const message = `fal: download: ${url} is not https; COPYDESK_ALLOW_PRIVATE=1 allows it`;
    expect(await failure(downloaded(`${url}/a.png`))).toMatchObject({ name: 'FetchRefused', message });
  });

  it('what takes the bytes is heard when it fails', async () => {
    const { url } = await upload(new Uint8Array(10));
    const full = Promise.reject(new Error('the disk is full'));
    full.catch(() => undefined);
    const error = await failure(fal().download(url, () => full, { bytes: 100, ms: 10_000 }));
    expect(error.message).toBe('the disk is full');
  });
});

describe('unitPrice', () => {
  it("is fal's own price of an endpoint", async () => {
    expect(await fal().unitPrice(FLUX)).toEqual({ usd: '0.06', unit: 'image' });
    expect(await fal().unitPrice(KLING)).toEqual({ usd: '0.112', unit: 'second' });
  });

  const dollar = { endpoint_id: FLUX, unit_price: 1, unit: 'image', currency: 'USD' };
  it.each([
    ['an endpoint without one', { prices: [] }],
    ["another endpoint's", { prices: [{ ...dollar, endpoint_id: 'x' }] }],
    ['euros', { prices: [{ ...dollar, currency: 'EUR' }] }],
    ['no list at all', {}],
  ])('is null for %s', async (_name, answer) => {
    stage.recorder.play('/pricing', () => json(answer));
    expect(await fal().unitPrice(FLUX)).toBeNull();
  });

  it('throws at a connection that breaks', async () => {
    stage.control.fail({ on: 'pricing', kind: 'drop-before' });
    expect(await failure(fal().unitPrice(FLUX))).toMatchObject({ kind: 'lost', status: null });
  });
});
