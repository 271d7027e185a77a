import { afterEach, describe, expect, it, vi } from 'vitest';
import { json } from '../../activities/testing/recorder.js';
import { FLUX, KLING } from '../../activities/testing/samples.js';
import type { Stage } from '../../activities/testing/stage.js';
import { useStage } from '../../activities/testing/use-stage.js';
import { sumNano } from '../../contract/money/nano.js';
import { failure } from '../testing/failure.js';
import { FalMedia } from './fal.js';
import { clipOrder, pictureOrder } from './testing/orders.js';

const DAY = 86_400_000;

let stage: Stage;
useStage((opened) => (stage = opened));
afterEach(() => vi.useRealTimers());

const fal = (adminKey: string | null = null): FalMedia =>
  new FalMedia({ key: 'sample', adminKey, baseUrl: stage.falBaseUrl, offline: true });
const bills = (...ids: string[]) => fal().bills(ids);
const picture = async (): Promise<string> => (await fal().submit(pictureOrder(FLUX))).requestId;
const clip = async (): Promise<string> => (await fal().submit(clipOrder(KLING))).requestId;
/** What the provider holds as its bill. */
const billed = async () => sumNano((await stage.bill()).map(({ amountNano }) => amountNano));
/** The queries that were asked, oldest first. */
const asked = (): URLSearchParams[] =>
  stage.recorder.sent('GET', '/billing-events').map(({ path }) => new URL(path, 'http://x').searchParams);
const answers = (...events: object[]): void =>
  stage.recorder.play('/billing-events', () => json({ billing_events: events, has_more: false }));
const event = (change: object = {}) => ({
  ...{ request_id: 'a', timestamp: '2026-11-24T10:00:00.000Z', output_units: 1, cost_total: 0.06 },
  ...change,
});

describe('bills', () => {
  it('are what fal charged, in nano-USD, with its units', async () => {
    const ids = [await picture(), await clip()];
    const at = expect.stringMatching(/Z$/) as string;
    expect(await bills(...ids)).toEqual([
      { requestId: ids[0], amount: 60_000_000, units: '1', at },
      { requestId: ids[1], amount: 560_000_000, units: '5', at },
    ]);
  });

  it('are after the discount, and sum to what the provider holds as its bill', async () => {
    stage.control.discount(12.5);
    const amounts = (await bills(await picture(), await clip())).map(({ amount }) => amount);
    expect(amounts).toEqual([52_500_000, 490_000_000]);
    expect(sumNano(amounts)).toBe(await billed());
  });

  it('hold what was billed or given back afterwards', async () => {
    const id = await picture();
    stage.control.correct(id, -10_000_001);
    expect(await bills(id)).toMatchObject([{ amount: 49_999_999, units: '1' }]);
    stage.control.correct(id, 1);
    expect(await bills(id)).toMatchObject([{ amount: 50_000_000 }]);
    expect(await billed()).toBe(50_000_000);
  });

  it('leave out what failed, was cancelled, runs, is not known, or is not billed yet', async () => {
    stage.control.fail({ on: 'submit', kind: 'completed-error' });
    const failed = await picture();
    stage.control.set({ image: { latencyMs: 3_600_000 } });
    const [running, cancelled] = [await picture(), await picture()];
    expect(await fal().cancel(FLUX, cancelled)).toBe('removed');
    stage.control.set({ image: { latencyMs: 0 }, billing: { latencyMs: 3_600_000 } });
    const late = await picture();
    expect(await bills(failed, running, cancelled, 'never-heard-of', late)).toEqual([]);
    stage.control.set({ billing: { latencyMs: 0 } });
    expect(await bills(late)).toMatchObject([{ requestId: late }]);
  });

  it.each([
    [0.000000001, 1],
    [0.09024, 90_240_000],
    [1234.567890123, 1_234_567_890_123],
    [0.1 + 0.2, 300_000_000],
    [0.0000000025, 3],
    [0, 0],
  ])('of %f dollars are exact to the nano-dollar', async (cost_total, amount) => {
    answers(event({ cost_total }));
    expect(await bills('a')).toMatchObject([{ amount }]);
  });

  it('come from nano-USD where there are no dollars; none is of an event without either, or of another request', async () => {
    const nano = event({ cost_total: null, cost_estimate_nano_usd: 45_000_001 });
    answers(nano, event({ request_id: 'b', cost_total: null }), event({ request_id: 'other' }));
    expect(await bills('a', 'b')).toMatchObject([{ requestId: 'a', amount: 45_000_001 }]);
  });

  it('have the time of their newest event and no units where one of them has none', async () => {
    const at = '2026-11-25T10:00:00.000Z';
    answers(event({ timestamp: at }), event({ output_units: null, cost_total: -0.01 }));
    expect(await bills('a')).toEqual([{ requestId: 'a', amount: 50_000_000, units: null, at }]);
  });
});

describe('the questions', () => {
  it('name 50 requests at most, each once', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `request-${index}`);
    await bills(...ids, ...ids);
    expect(asked().map((query) => query.getAll('request_id').length)).toEqual([50, 50, 20]);
    expect(asked().flatMap((query) => query.getAll('request_id'))).toEqual(ids);
  });

  it('go on to the last page', async () => {
    const pages = [
      { billing_events: [event()], next_cursor: 'two', has_more: true },
      { billing_events: [event({ request_id: 'b' })], next_cursor: null, has_more: false },
    ];
    stage.recorder.play('/billing-events', () => json(pages[asked().length - 1]));
    expect(await bills('a', 'b')).toHaveLength(2);
    expect(asked().map((query) => query.get('cursor'))).toEqual([null, 'two']);
  });

  it('reach back to the oldest request in windows that fal takes, without a gap', async () => {
    const id = await picture();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 200 * DAY });
    expect(await fal().bills([id], new Date(Date.now() - 200 * DAY).toISOString())).toHaveLength(1);
    const [starts, ends] = ['start', 'end'].map((name) => asked().map((query) => query.get(name)));
    expect(starts).toHaveLength(3);
    expect(ends).toEqual([...starts!.slice(1), null]);
    for (const [at, start] of starts!.entries()) {
      const end = ends![at] ?? new Date().toISOString();
      expect(Date.parse(end) - Date.parse(String(start))).toBeLessThan(90 * DAY);
    }
  });

  it('are not asked without a request', async () => {
    expect(await bills()).toEqual([]);
    expect(asked()).toEqual([]);
  });

  it.each([
    [null, 'Key sample'],
    ['admin', 'Key admin'],
  ])('with the admin key %j carry %j', async (adminKey, authorization) => {
    await fal(adminKey).bills(['a']);
    expect(stage.recorder.sent('GET', '/billing-events')[0]?.headers).toMatchObject({ authorization });
  });
});

describe('a refusal', () => {
  it.each([
    [403, null, /may not be seen with FAL_KEY \(HTTP 403\); set FAL_ADMIN_KEY to an admin key$/],
    [401, null, /may not be seen with FAL_KEY \(HTTP 401\)/],
    [403, 'admin', /may not be seen with FAL_ADMIN_KEY \(HTTP 403\); it must be an admin key/],
  ])('by %i with the admin key %j names the variable', async (status, adminKey, message) => {
    stage.control.fail({ on: 'billing', kind: 'status', status });
    const error = await failure(fal(adminKey).bills(['a']));
    expect(error).toMatchObject({ name: 'ProviderError', status, message: expect.stringMatching(message) });
  });

  it.each([
    [
      { kind: 'status', status: 429, retryAfter: 7 },
      { kind: 'answered', status: 429, retryAfterMs: 7_000 },
    ],
    [{ kind: 'drop-before' }, { kind: 'lost', status: null, retryAfterMs: null }],
  ] as const)('%j is told as it is', async (fault, facts) => {
    stage.control.fail({ on: 'billing', ...fault });
    expect(await failure(bills('a'))).toMatchObject({ name: 'ProviderError', ...facts });
  });

  it.each([
    ['lists no events', {}],
    ['breaks off', { billing_events: [event()], has_more: true }],
    ['has no end', { billing_events: [], has_more: true, next_cursor: 'again' }],
  ])('half a bill is none: an answer that %s is an error', async (_name, answer) => {
    stage.recorder.play('/billing-events', () => json(answer));
    expect(await failure(bills('a'))).toMatchObject({ name: 'ProviderError', status: 502 });
  });
});
