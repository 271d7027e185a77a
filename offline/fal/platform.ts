import { Hono, type Context } from 'hono';
import type { Env } from '../faults.js';
import { baseOf, faulted } from './answers.js';
import { chargedFor, priceOf } from './billing.js';
import { PLAYED_ENDPOINTS } from './endpoints.js';
import { endOf, isBilled, startOf, stateOf, type Job } from './jobs.js';
import { outputOf } from './studio.js';
import type { FalParts } from './parts.js';

const PAGE = 50;

/** api.fal.ai/v1: prices, request history and the bill. */
export function platformRoutes({ jobs, faults, pace }: FalParts): Hono<Env> {
  const app = new Hono<Env>();

  app.get('/v1/models/pricing', (c) => {
    const asked = several(c, 'endpoint_id');
    const fault = faults.take('pricing', asked.join(' '));
    if (fault) return faulted(c, fault);
    if (asked.length === 0 || asked.length > 50) return problem(c, 'endpoint_id must be given 1 to 50 times');
    const prices = asked.flatMap((id) => {
      const endpoint = PLAYED_ENDPOINTS[id];
      if (!endpoint) return [];
      return [{ endpoint_id: id, unit_price: endpoint.unitNano / 1e9, unit: endpoint.unit, currency: 'USD' }];
    });
    return c.json({ prices, next_cursor: null, has_more: false });
  });

  app.get('/v1/models/requests/by-endpoint', (c) => {
    const asked = several(c, 'endpoint_id');
    const fault = faults.take('history', asked.join(' '));
    if (fault) return faulted(c, fault);
    if (asked.length === 0) return problem(c, 'endpoint_id is required');
    const within = period(c);
    const from = Math.max(0, Number(c.req.query('cursor') ?? 0) || 0);
    const limit = Math.min(100, Math.max(1, Number(c.req.query('limit') ?? PAGE) || PAGE));
    const withPayloads = several(c, 'expand').includes('payloads');
    const found = jobs.ended().filter((job) => asked.includes(job.endpoint) && within(endOf(job)));
    const hasMore = found.length > from + limit;
    return c.json({
      items: found.slice(from, from + limit).map((job) => historyRow(job, withPayloads, baseOf(c))),
      next_cursor: hasMore ? String(from + limit) : null,
      has_more: hasMore,
    });
  });

  app.get('/v1/models/billing-events', (c) => {
    const asked = several(c, 'request_id');
    const fault = faults.take('billing', asked.join(' '));
    if (fault)
      return faulted(c, KEYLESS.includes(fault.status ?? 0) ? { body: NEEDS_ADMIN, ...fault } : fault);
    if (asked.length > 50) return problem(c, 'request_id may be given 50 times at most');
    const within = billingPeriod(c);
    if (within === null) return problem(c, 'start and end may be 90 days apart at most');
    const from = Math.max(0, Number(c.req.query('cursor') ?? 0) || 0);
    const limit = Math.min(10_000, Math.max(1, Number(c.req.query('limit') ?? 10_000) || 10_000));
    const seen = Date.now() - pace.of('billing');
    const events = (asked.length > 0 ? asked.flatMap((id) => jobs.get(id) ?? []) : jobs.ended())
      .filter((job) => stateOf(job) === 'COMPLETED' && isBilled(job) && endOf(job) <= seen)
      .flatMap(billingRows)
      .filter(({ timestamp }) => within(Date.parse(timestamp)));
    const hasMore = events.length > from + limit;
    return c.json({
      billing_events: events.slice(from, from + limit),
      next_cursor: hasMore ? String(from + limit) : null,
      has_more: hasMore,
    });
  });

  return app;
}

function historyRow(job: Job, withPayloads: boolean, base: string): object {
  return {
    request_id: job.id,
    endpoint_id: job.endpoint,
    sent_at: iso(job.acceptedAt),
    started_at: iso(startOf(job)),
    ended_at: iso(endOf(job)),
    status_code: job.failure === null ? 200 : (job.failedStatus ?? 422),
    duration: (endOf(job) - startOf(job)) / 1_000,
    ...(withPayloads && {
      json_input: job.input,
      json_output: job.failure === null ? outputOf(job, base) : null,
    }),
  };
}

/** The event of a job, and one more for each correction. */
function billingRows(job: Job): { timestamp: string }[] {
  const facts = { request_id: job.id, endpoint_id: job.endpoint };
  const unit = { unit_price: (PLAYED_ENDPOINTS[job.endpoint]?.unitNano ?? 0) / 1e9 };
  const [subtotal, total] = [priceOf(job), chargedFor(job)];
  const first = {
    ...facts,
    timestamp: iso(endOf(job)),
    output_units: job.units,
    ...unit,
    percent_discount: job.discount ?? 0,
    ...costs(subtotal, total),
  };
  const corrections = (job.corrections ?? []).map(({ at, amount }) => ({
    ...facts,
    timestamp: iso(at),
    output_units: 0,
    ...unit,
    percent_discount: 0,
    ...costs(amount, amount),
  }));
  return [first, ...corrections];
}

/** `cost_total` is charged; `cost_estimate_nano_usd` is the same in nano-USD, as fal's documentation has it. */
const costs = (subtotal: number, total: number): object => ({
  cost_subtotal: subtotal / 1e9,
  cost_discount: (subtotal - total) / 1e9,
  cost_total: total / 1e9,
  cost_estimate_nano_usd: total,
});

const KEYLESS: readonly number[] = [401, 403];
const NEEDS_ADMIN = { error: { type: 'authorization_error', message: 'Admin API key required' } };

/** A query parameter given several times, or with commas. */
const several = (c: Context<Env>, name: string): string[] =>
  (c.req.queries(name) ?? []).flatMap((value) => value.split(',')).filter((value) => value !== '');

function period(c: Context<Env>): (at: number) => boolean {
  const start = Date.parse(c.req.query('start') ?? '');
  const end = Date.parse(c.req.query('end') ?? '');
  return (at) => !(at < start) && !(at > end);
}

const DAY_MS = 86_400_000;

/** The last day when nothing is said, and 90 days at most, as on fal; null for more. `end` itself is not in it. */
function billingPeriod(c: Context<Env>): ((at: number) => boolean) | null {
  const end = Date.parse(c.req.query('end') ?? '') || Infinity;
  const start = Date.parse(c.req.query('start') ?? '') || Math.min(end, Date.now()) - DAY_MS;
  if (Math.min(end, Date.now()) - start > 90 * DAY_MS) return null;
  return (at) => at >= start && at < end;
}

const problem = (c: Context<Env>, message: string): Response =>
  c.json({ error: { type: 'validation_error', message } }, 400);

const iso = (ms: number): string => new Date(ms).toISOString();
