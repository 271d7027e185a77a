import { Hono, type Context } from 'hono';
import type { Env } from '../drop.js';
import { baseOf, faulted } from './answers.js';
import { priceOf } from './billing.js';
import { ENDPOINTS } from './endpoints.js';
import { endOf, startOf, stateOf, type Job } from './jobs.js';
import { outputOf } from './output.js';
import type { FalParts } from './parts.js';

const PAGE = 50;

/** api.fal.ai/v1: prices, request history and the bill. */
export function platformRoutes({ jobs, faults }: FalParts): Hono<Env> {
  const app = new Hono<Env>();

  app.get('/v1/models/pricing', (c) => {
    const asked = several(c, 'endpoint_id');
    const fault = faults.take('pricing', asked.join(' '));
    if (fault) return faulted(c, fault);
    if (asked.length === 0 || asked.length > 50) return problem(c, 'endpoint_id must be given 1 to 50 times');
    const prices = asked.flatMap((id) => {
      const endpoint = ENDPOINTS[id];
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
    const fault = faults.take('pricing', asked.join(' '));
    if (fault) return faulted(c, fault);
    if (asked.length > 50) return problem(c, 'request_id may be given 50 times at most');
    const within = period(c);
    const billed = asked.length > 0 ? asked.flatMap((id) => jobs.get(id) ?? []) : jobs.ended();
    const events = billed
      .filter((job) => stateOf(job) === 'COMPLETED' && job.failure === null && within(endOf(job)))
      .map(billingRow);
    return c.json({ billing_events: events, next_cursor: null, has_more: false });
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
    status_code: job.failure === null ? 200 : 422,
    duration: (endOf(job) - startOf(job)) / 1_000,
    ...(withPayloads && {
      json_input: job.input,
      json_output: job.failure === null ? outputOf(job, base) : null,
    }),
  };
}

function billingRow(job: Job): object {
  const nano = priceOf(job);
  return {
    request_id: job.id,
    endpoint_id: job.endpoint,
    timestamp: iso(endOf(job)),
    output_units: job.units,
    unit_price: (ENDPOINTS[job.endpoint]?.unitNano ?? 0) / 1e9,
    percent_discount: 0,
    cost_subtotal: nano / 1e9,
    cost_discount: 0,
    cost_total: nano / 1e9,
    cost_estimate_nano_usd: nano,
  };
}

/** A query parameter given several times, or with commas. */
const several = (c: Context<Env>, name: string): string[] =>
  (c.req.queries(name) ?? []).flatMap((value) => value.split(',')).filter((value) => value !== '');

function period(c: Context<Env>): (at: number) => boolean {
  const start = Date.parse(c.req.query('start') ?? '');
  const end = Date.parse(c.req.query('end') ?? '');
  return (at) => !(at < start) && !(at > end);
}

const problem = (c: Context<Env>, message: string): Response =>
  c.json({ error: { type: 'validation_error', message } }, 400);

const iso = (ms: number): string => new Date(ms).toISOString();
