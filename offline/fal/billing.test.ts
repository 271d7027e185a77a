import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startStandIns, type StandIns } from '../stand-ins.js';

const FLUX = 'fal-ai/flux-pro/v1.1-ultra';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let folder: string;
let standIns: StandIns;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stand-ins-'));
  standIns = await startStandIns({ folder, media: 'plain' });
  latency(0);
});
afterEach(async () => {
  vi.useRealTimers();
  await standIns.close();
  await rm(folder, { recursive: true, force: true });
});

const latency = (latencyMs: number): void => standIns.control.set({ image: { latencyMs } });
const ask = (path: string, init: RequestInit = {}): Promise<Response> => {
  const headers = { authorization: 'Key sample', 'content-type': 'application/json' };
  return fetch(`${standIns.falBaseUrl}/${path}`, { ...init, headers });
};
async function submit(): Promise<string> {
  const body = JSON.stringify({ prompt: 'A harbour' });
  const answer = await ask(`queue.fal.run/${FLUX}`, { method: 'POST', body });
  return ((await answer.json()) as { request_id: string }).request_id;
}
const cancel = async (id: string): Promise<number> =>
  (await ask(`queue.fal.run/fal-ai/flux-pro/requests/${id}/cancel`, { method: 'PUT' })).status;
const billing = (query: string): Promise<Response> => ask(`api.fal.ai/v1/models/billing-events?${query}`);
async function events(query: string): Promise<any[]> {
  return ((await (await billing(query)).json()) as { billing_events: any[] }).billing_events;
}
const billed = async (): Promise<number> =>
  (await standIns.ledger()).reduce((sum, { amountNano }) => sum + amountNano, 0);

describe('the ledger', () => {
  it('gives back a job that is cancelled in the queue, which has no event then', async () => {
    latency(HOUR);
    const id = await submit();
    expect(await cancel(id)).toBe(200);
    expect(await billed()).toBe(0);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * HOUR });
    expect(await events(`request_id=${id}`)).toEqual([]);
  });

  it('keeps a job that is cancelled while it runs: it goes on and is billed', async () => {
    latency(HOUR);
    const id = await submit();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR / 2 });
    expect(await cancel(id)).toBe(202);
    vi.setSystemTime(Date.now() + HOUR);
    expect(await events(`request_id=${id}`)).toMatchObject([{ cost_total: 0.06 }]);
    expect(await billed()).toBe(60_000_000);
  });

  it('gives back a discounted and corrected job that turns out to have failed', async () => {
    standIns.control.discount(10);
    const id = await submit();
    standIns.control.correct(id, 5);
    standIns.control.fail({ on: 'result', kind: 'completed-error' });
    await ask(`queue.fal.run/fal-ai/flux-pro/requests/${id}`);
    expect(await billed()).toBe(0);
    expect(await events(`request_id=${id}`)).toEqual([]);
  });
});

describe('billing events', () => {
  it('are there for a job that failed and was billed all the same, as the ledger has it', async () => {
    const id = await submit();
    const failing = { on: 'result', kind: 'completed-error', accepted: true } as const;
    standIns.control.fail({ ...failing, times: 2 });
    for (let time = 0; time < 2; time += 1) await ask(`queue.fal.run/fal-ai/flux-pro/requests/${id}`);
    standIns.control.correct(id, -1);
    expect((await events(`request_id=${id}`)).map((one) => one.cost_estimate_nano_usd)).toEqual([
      60_000_000, -1,
    ]);
    expect(await billed()).toBe(59_999_999);
  });

  it('tell the discount that counted when the job was accepted, as the ledger does', async () => {
    standIns.control.discount(12.5);
    const id = await submit();
    standIns.control.discount(50);
    expect(await events(`request_id=${id}`)).toMatchObject([
      {
        ...{ output_units: 1, unit_price: 0.06, percent_discount: 12.5, cost_subtotal: 0.06 },
        ...{ cost_discount: 0.0075, cost_total: 0.0525, cost_estimate_nano_usd: 52_500_000 },
      },
    ]);
    expect(await billed()).toBe(52_500_000);
  });

  it('tell a correction as one more event, also after a restart', async () => {
    standIns.control.discount(10);
    const id = await submit();
    standIns.control.correct(id, -4_000_000);
    await standIns.close();
    standIns = await startStandIns({ folder, media: 'plain' });
    const totals = (await events(`request_id=${id}`)).map((one) => one.cost_estimate_nano_usd);
    expect(totals).toEqual([54_000_000, -4_000_000]);
    expect(await billed()).toBe(50_000_000);
  });

  it('come late where that is asked for', async () => {
    standIns.control.set({ billing: { latencyMs: HOUR } });
    const id = await submit();
    expect(await events(`request_id=${id}`)).toEqual([]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR });
    expect(await events(`request_id=${id}`)).toHaveLength(1);
  });

  it('are of the last day when nothing else is asked for, and of 90 days at most', async () => {
    const id = await submit();
    const start = new Date(Date.now() - HOUR).toISOString();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * DAY });
    expect(await events(`request_id=${id}`)).toEqual([]);
    expect(await events(`request_id=${id}&start=${start}`)).toHaveLength(1);
    expect(await events(`request_id=${id}&start=${start}&end=${start}`)).toEqual([]);
    vi.setSystemTime(Date.now() + 90 * DAY);
    expect((await billing(`request_id=${id}&start=${start}`)).status).toBe(400);
  });

  it('come in pages', async () => {
    const ids = [await submit(), await submit(), await submit()];
    const query = `${ids.map((id) => `request_id=${id}`).join('&')}&limit=2`;
    expect(await (await billing(query)).json()).toMatchObject({ next_cursor: '2', has_more: true });
    expect(await events(`${query}&cursor=2`)).toMatchObject([{ request_id: ids[2] }]);
    const tooMany = Array.from({ length: 51 }, (_, index) => `request_id=${index}`).join('&');
    expect((await billing(tooMany)).status).toBe(400);
  });

  it('can be refused to a key, which leaves prices and history as they are', async () => {
    standIns.control.fail({ on: 'billing', kind: 'status', status: 403 });
    expect((await ask(`api.fal.ai/v1/models/pricing?endpoint_id=${FLUX}`)).status).toBe(200);
    const refused = await billing('request_id=x');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { message: 'Admin API key required' } });
    expect((await billing('request_id=x')).status).toBe(200);
  });
});

describe('control of the bill', () => {
  it('refuses what is no percentage, a job that was not billed, and parts of a nano-dollar', async () => {
    const id = await submit();
    expect(() => standIns.control.discount(101)).toThrow("discount '101' is not a percentage from 0 to 100");
    expect(() => standIns.control.correct('x', 1)).toThrow("no job with request id 'x' was billed");
    expect(() => standIns.control.correct(id, 0.5)).toThrow("amountNano '0.5' is not a whole number");
  });

  it('is offered over HTTP', async () => {
    const post = (path: string, body: object) =>
      fetch(`${standIns.controlUrl}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await post('discount', { percent: 50 })).status).toBe(200);
    const id = await submit();
    expect((await post('correction', { requestId: id, amountNano: 1 })).status).toBe(200);
    expect(await billed()).toBe(30_000_001);
    expect((await post('correction', { requestId: 'x', amountNano: 1 })).status).toBe(400);
    expect((await post('discount', { percent: 'all' })).status).toBe(400);
  });
});
