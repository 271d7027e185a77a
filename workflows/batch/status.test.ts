import { describe, expect, it } from 'vitest';
import { MAX_BATCH, PAGE_SIZE } from '../../contract/mix.js';
import { charge } from '../../services/archive/sample-records.js';
import { approveAll, hear } from './apply.js';
import { finishPage, newPlanRow, planCharges } from './plan.js';
import { addStarted } from './posts.js';
import { readReport } from './read-report.js';
import { carriedBy, limitsOf, type Batch } from './state.js';
import { batchStatus, batchCost, unknownBatchCost } from './status.js';
import { sample } from './testing/sample.js';

it('costs are those of the posts and every paid try at the plan, row by row; the unknown stands apart', () => {
  const posts = [sample.post('a', { cost: 60_000_000 }), sample.post('b', { cost: 7, unknown: 3 })];
  const refused = charge('plan', { amount: 4_200_000, basis: 'priced', outcome: 'rule_broken' });
  const once = sample.withPage(sample.withPosts(sample.batch(), ...posts), 'done', [refused]);
  const batch = sample.withPage(once, 'done', [
    charge('plan', { amount: 800_000, basis: 'priced' }),
    charge('plan', { amount: 500_000, basis: 'unknown', outcome: 'lost' }),
  ]);
  expect([batchCost(batch), unknownBatchCost(batch)]).toEqual([65_000_007, 500_003]);
  const status = batchStatus(batch);
  expect(status).toMatchObject({ costUsd: 0.065000007, unknownUsd: 0.000500003, budgetUsd: 2 });
  expect(status.pipeline.map((row) => row.costUsd)).toEqual([0.0042, 0.0008]);
  expect(status.posts.map((post) => post.costUsd)).toEqual([0.06, 0.000000007]);
  expect(status.posts[0]).not.toHaveProperty('unknown');
});

/** What Temporal takes in one payload. */
const MOST = 2 * 1024 * 1024;
const LONG = '"猫🦆\u0001\ud800'.repeat(2_000);
const cats = (count: number): string => '猫'.repeat(count);
const planned = (index: number) => ({
  ...{
    id: `post${String(index).padStart(8, '0')}`,
    contentFormat: 'hero_text',
    title: cats(300),
    checks: [],
  },
  plan: {
    ...{ topic: cats(400), angle: cats(2_000), rationale: cats(2_000) },
    ...{ newsPeg: cats(1_000), button: cats(160) },
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
    const { orders } = approveAll(waiting, { by: 'mo', note: cats(4_000) })!;
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
