import { afterEach, describe, expect, it, vi } from 'vitest';
import { FLUX, useStandIns } from '../testing/use-stand-ins.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const used = useStandIns({ media: 'plain' });
afterEach(() => void vi.useRealTimers());

const { billed, askFal } = used;
const submit = () => used.submit(FLUX, { prompt: 'A harbour' });
const billing = (query: string) => askFal(`api.fal.ai/v1/models/billing-events?${query}`);
const events = async (query: string): Promise<any[]> => (await billing(query)).body.billing_events;
const amounts = async (id: string) =>
  (await events(`request_id=${id}`)).map((one) => one.cost_estimate_nano_usd);

it('gives back a discounted and corrected job that turns out to have failed', async () => {
  used.control.discount(10);
  const id = await submit();
  used.control.correct(id, 5);
  used.control.fail({ on: 'result', kind: 'completed-error' });
  await used.result(FLUX, id);
  expect([await billed(), await amounts(id)]).toEqual([0, []]);
});

it.each(['result', 'status'] as const)(
  'bills a job once that a fault on %s makes fail, billed',
  async (on) => {
    const id = await submit();
    used.control.fail({ on, kind: 'completed-error', accepted: true, times: 2 });
    for (let time = 0; time < 2; time += 1) await askFal(on === 'result' ? jobOf(id) : `${jobOf(id)}/status`);
    used.control.correct(id, -1);
    expect([await billed(), await amounts(id)]).toEqual([59_999_999, [60_000_000, -1]]);
  },
);

const jobOf = (id: string): string => `queue.fal.run/fal-ai/flux-pro/requests/${id}`;

describe('billing events', () => {
  it('tell the discount that counted when the job was accepted, as the ledger does', async () => {
    used.control.discount(12.5);
    const id = await submit();
    used.control.discount(50);
    expect(await events(`request_id=${id}`)).toMatchObject([
      {
        ...{ output_units: 1, unit_price: 0.06, percent_discount: 12.5, cost_subtotal: 0.06 },
        ...{ cost_discount: 0.0075, cost_total: 0.0525, cost_estimate_nano_usd: 52_500_000 },
      },
    ]);
    expect(await billed()).toBe(52_500_000);
  });

  it('tell a correction as one more event, also after a restart', async () => {
    used.control.discount(10);
    const id = await submit();
    used.control.correct(id, -4_000_000);
    await used.restart();
    expect([await billed(), await amounts(id)]).toEqual([50_000_000, [54_000_000, -4_000_000]]);
  });

  it('come late where that is asked for', async () => {
    used.control.set({ billing: { latencyMs: HOUR } });
    const id = await submit();
    expect(await amounts(id)).toEqual([]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR });
    expect(await amounts(id)).toEqual([60_000_000]);
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

  it('come in pages, of 50 jobs at most', async () => {
    const ids = [await submit(), await submit(), await submit()];
    const query = `request_id=${ids.join('&request_id=')}&limit=2`;
    expect((await billing(query)).body).toMatchObject({ next_cursor: '2', has_more: true });
    expect(await events(`${query}&cursor=2`)).toMatchObject([{ request_id: ids[2] }]);
    expect((await billing(`request_id=${'x,'.repeat(51)}`)).status).toBe(400);
  });

  it('can be refused to a key, which leaves the prices as they are', async () => {
    used.control.fail({ on: 'billing', kind: 'status', status: 403 });
    expect((await askFal(`api.fal.ai/v1/models/pricing?endpoint_id=${FLUX}`)).status).toBe(200);
    const body = { error: { message: 'Admin API key required' } };
    expect(await billing('request_id=x')).toMatchObject({ status: 403, body });
  });
});

it('refuses parts of a nano-dollar', async () => {
  const id = await submit();
  expect(() => used.control.correct(id, 0.5)).toThrow("amountNano '0.5' is not a whole number");
});
