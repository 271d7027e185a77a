import { describe, expect, it } from 'vitest';
import { MAX_BATCH, PAGE_SIZE } from '../../contract/mix.js';
import { charge } from '../../services/archive/sample-records.js';
import { approveAll, hear } from './apply.js';
import { finishPage, newPlanRow, planCharges } from './plan.js';
import { addStarted } from './posts.js';
import { carriedBy, limitsOf, type Batch } from './state.js';
import { batchStatus } from './status.js';
import { readReport } from './read-report.js';
import { sample } from './testing/sample.js';

/** What Temporal takes in one payload. */
const MOST = 2 * 1024 * 1024;
const LONG = '"猫🦆\u0001\ud800'.repeat(2_000);
const planned = (index: number) => ({
  ...{ id: `post${String(index).padStart(8, '0')}`, contentFormat: 'hero_text', title: '猫'.repeat(300) },
  checks: [],
  plan: {
    ...{ topic: '猫'.repeat(400), angle: '猫'.repeat(2_000), rationale: '猫'.repeat(2_000) },
    ...{ newsPeg: '猫'.repeat(1_000), button: '猫'.repeat(160) },
  },
});

/** A batch of 2,000 at its largest: each post has a title and an error without end, and each page was planned three times. */
function largest(): Batch {
  const empty = sample.batch({ hero_text: MAX_BATCH });
  const plans = Array.from({ length: MAX_BATCH }, (_, index) => planned(index));
  const started = { ...empty, posts: addStarted(empty.posts, plans, limitsOf(empty)) };
  const tries = Array.from({ length: 3 }, () => charge('plan', { requestId: 'r'.repeat(40) }));
  const pages = Array.from({ length: MAX_BATCH / PAGE_SIZE }, () => ({ ...newPlanRow(), charges: tries }));
  const reports = plans.map(({ id }) =>
    readReport({
      ...{ id, title: LONG, status: 'blocked', gate: 'publish', revision: 12 },
      ...{ cost: 123_456_789, unknown: 123_456_789, step: 'hero_image' },
      error: { type: LONG, message: LONG, requestId: LONG },
    }),
  );
  const heard = reports.reduce((batch, report) => hear(batch, report!), started);
  return { ...heard, plan: { ...heard.plan, pages } };
}
const jsonSize = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe('a batch of 2,000 with the longest words', () => {
  const batch = largest();

  it('answers with its status in 1.5 MB, and is recorded within one payload', () => {
    const status = batchStatus(batch);
    expect(status.posts).toHaveLength(2_000);
    expect(jsonSize(status)).toBeLessThan(1_500_000);
    const charges = planCharges(batch.plan);
    expect(jsonSize({ status, charges, account: batch.input.account })).toBeLessThan(MOST - 200_000);
  });

  it('is carried over within one payload, a queue and approvals of all included', () => {
    const queue = Array.from({ length: PAGE_SIZE }, (_, index) => planned(index));
    const known = batch.posts.known.map((post) => ({ ...post, status: 'awaiting_approval' as const }));
    const waiting = { ...batch, posts: { ...batch.posts, known } };
    const { orders } = approveAll(waiting, { by: 'mo', note: '猫'.repeat(4_000) })!;
    expect(orders.approvals[0]?.posts).toHaveLength(2_000);
    const carried = carriedBy({
      ...batch,
      plan: finishPage(batch.plan, 1, queue),
      orders: { ...orders, resuming: known.map(({ id }) => id) },
    });
    expect(jsonSize(carried)).toBeLessThan(MOST);
    expect(carried).not.toHaveProperty('input');
  });
});
