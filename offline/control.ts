import { Hono } from 'hono';
import { isIPv4 } from 'node:net';
import type { Env, Fault, FaultBook } from './faults.js';
import { correctBill } from './fal/billing.js';
import type { Jobs } from './fal/jobs.js';
import type { Latency, Pace } from './latency.js';
import type { BillingLedger } from './ledger.js';
import type { Terms } from './fal/parts.js';

/** Steers the stand-ins from the same process. */
export interface Control {
  /** Sets how long providers take, in ms; what is left out stays. @throws Error for what is no latency */
  set(latency: Partial<Latency>): void;
  /** Arms a fault. @throws Error for one that can't be */
  fail(fault: Fault): void;
  /** Percent off fal's list prices, for jobs accepted from now on. @throws Error for what is no percentage */
  discount(percent: number): void;
  /** How many jobs of fal run at once, from now on. @throws Error for what is no count */
  runners(count: number): void;
  /** Bills a job of fal that much more afterwards, in nano-USD, or less. @throws Error for a job that was not billed */
  correct(requestId: string, amountNano: number): void;
  /** The faults that still wait to strike. */
  armed(): Fault[];
  /** Disarms all faults. */
  clear(): void;
}

export interface ControlParts {
  readonly faults: FaultBook;
  readonly pace: Pace;
  readonly terms: Terms;
  readonly jobs: Jobs;
  readonly ledger: BillingLedger;
}

export function controlOf({ faults, pace, terms, jobs, ledger }: ControlParts): Control {
  return {
    discount: (percent) => terms.setDiscount(percent),
    runners: (count) => terms.setRunners(count),
    correct: (requestId, amountNano) => correctBill({ jobs, ledger }, requestId, amountNano),
    set: (latency) => pace.set(latency),
    fail: (fault) => faults.add(fault),
    armed: () => faults.armed(),
    clear: () => faults.clear(),
  };
}

/** The same over HTTP, for a test that runs in another process. */
export function controlApp(control: Control, ledger: BillingLedger): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    if (!isLoopback(c.env.incoming.socket.remoteAddress ?? ''))
      return c.json({ error: 'only from this machine' }, 403);
    // A web page can't send this content type to another origin without being allowed to.
    if (c.req.method === 'POST' && !c.req.header('content-type')?.startsWith('application/json')) {
      return c.json({ error: 'the content type must be application/json' }, 415);
    }
    return next();
  });
  app.post('/faults', async (c) => {
    control.fail((await c.req.json()) as Fault);
    return c.json({ ok: true });
  });
  app.delete('/faults', (c) => {
    control.clear();
    return c.json({ ok: true });
  });
  app.post('/latency', async (c) => {
    control.set((await c.req.json()) as Partial<Latency>);
    return c.json({ ok: true });
  });
  app.post('/discount', async (c) => {
    control.discount(((await c.req.json()) as { percent: number }).percent);
    return c.json({ ok: true });
  });
  app.post('/correction', async (c) => {
    const { requestId, amountNano } = (await c.req.json()) as { requestId: string; amountNano: number };
    control.correct(requestId, amountNano);
    return c.json({ ok: true });
  });
  app.get('/ledger', (c) => c.json({ entries: ledger.entries() }));
  app.onError((error, c) => c.json({ error: error.message }, 400));
  return app;
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}
