import Big from 'big.js';
import { exactNano } from '../../contract/money/prices/table.js';
import type { Bill } from '../archive/ledger/ledger.js';
import { ProviderError } from '../provider-error.js';

/** The most that fal takes in one question. */
const IDS_A_QUESTION = 50;
const DAY_MS = 86_400_000;
/** fal answers for 90 days at a time; a day less leaves room for two clocks. */
const WINDOW_MS = 89 * DAY_MS;
/** How much earlier than we knew of a request its event may be dated. */
const CLOCK_SKEW_MS = DAY_MS;
/** An answer of that many pages has no end. */
const MAX_PAGES = 200;

/**
 * An event of `GET /v1/models/billing-events` (https://fal.ai/docs/platform-apis/v1/models/billing-events). `cost_total` is
 * what was charged, in US dollars after discounts; `cost_estimate_nano_usd` is, despite its name, the same amount in nano-USD.
 */
interface BillingEvent {
  readonly request_id?: string;
  readonly timestamp?: string;
  readonly output_units?: number | null;
  readonly cost_total?: number | null;
  readonly cost_estimate_nano_usd?: number | null;
}

interface EventPage {
  readonly billing_events?: readonly BillingEvent[];
  readonly has_more?: boolean;
  readonly next_cursor?: string | null;
}

/** One question of the billing events, answered with one page. */
export type AskEvents = (query: URLSearchParams) => Promise<unknown>;

/**
 * What fal billed for requests: one bill each, the sum of all its events so far. A request without an event has none.
 *
 * @param since no event can be older, ms since 1970
 * @throws ProviderError, also where an answer has no end or breaks off: half a bill is none
 */
export async function readBills(
  ask: AskEvents,
  requestIds: readonly string[],
  since: number,
  now: number,
): Promise<Bill[]> {
  const bills = new Map<string, Bill>();
  const wanted = [...new Set(requestIds)];
  for (let at = 0; at < wanted.length; at += IDS_A_QUESTION) {
    const ids = wanted.slice(at, at + IDS_A_QUESTION);
    for (const { start, end } of windows(since - CLOCK_SKEW_MS, now)) {
      const query = new URLSearchParams({ start: new Date(start).toISOString() });
      if (end !== null) query.set('end', new Date(end).toISOString());
      for (const id of ids) query.append('request_id', id);
      for (const event of await readPages(ask, query)) {
        const bill = billOf(event);
        if (bill && ids.includes(bill.requestId))
          bills.set(bill.requestId, sum(bills.get(bill.requestId), bill));
      }
    }
  }
  return [...bills.values()];
}

/** Half-open, so that no event is in two. The last has no end but fal's own clock. */
function windows(since: number, now: number): { start: number; end: number | null }[] {
  const found: { start: number; end: number | null }[] = [];
  for (let start = since; start < now; start += WINDOW_MS) {
    found.push({ start, end: start + WINDOW_MS < now ? start + WINDOW_MS : null });
  }
  return found;
}

async function readPages(ask: AskEvents, query: URLSearchParams): Promise<BillingEvent[]> {
  const events: BillingEvent[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { billing_events: found, has_more: more, next_cursor: next } = (await ask(query)) as EventPage;
    if (!Array.isArray(found)) throw unreadable('the answer lists no events');
    events.push(...found);
    if (next) query.set('cursor', next);
    else if (more) throw unreadable('the answer breaks off');
    else return events;
  }
  throw unreadable(`the answer has more than ${MAX_PAGES} pages`);
}

const unreadable = (why: string): ProviderError =>
  new ProviderError(`fal: billing events: ${why}`, { provider: 'fal', kind: 'answered', status: 502 });

/** Null for an event that has no amount yet. */
function billOf({ request_id: requestId, timestamp, ...event }: BillingEvent): Bill | null {
  const { cost_total: total, cost_estimate_nano_usd: nano, output_units: units } = event;
  const amount =
    typeof total === 'number'
      ? exactNano(new Big(total))
      : typeof nano === 'number' && Number.isInteger(nano)
        ? nano
        : null;
  if (!requestId || !timestamp || amount === null) return null;
  return {
    requestId,
    amount,
    units: typeof units === 'number' ? new Big(units).toFixed() : null,
    at: timestamp,
  };
}

/** A correction comes as one more event of its request. */
function sum(before: Bill | undefined, bill: Bill): Bill {
  if (!before) return bill;
  const units =
    before.units === null || bill.units === null ? null : new Big(before.units).plus(bill.units).toFixed();
  const at = Date.parse(before.at) > Date.parse(bill.at) ? before.at : bill.at;
  return { requestId: bill.requestId, amount: before.amount + bill.amount, units, at };
}
