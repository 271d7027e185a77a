import { describe, expect, it } from 'vitest';
import type { Billable } from '../services/archive/ledger/bill.js';
import { compared, notSeen, type PostCharges } from './reconcile-sums.js';

const CENT = 10_000_000;
let requests = 0;
const charge = (change: Partial<Billable> = {}): Billable => ({
  key: 'key',
  postId: 'UpkTZ26nc9Eb',
  batchId: 'Zr4hK8vYp1Nc',
  account: 'harbor',
  model: 'fal-ai/flux/dev',
  requestId: `request-${(requests += 1)}`,
  amount: 6 * CENT,
  unknown: false,
  billed: 6 * CENT,
  at: '2026-11-24T10:00:00.000Z',
  ...change,
});
const post = (id: string, charges: readonly Billable[], change: Partial<PostCharges> = {}): PostCharges => ({
  ...{ id, account: 'harbor', cost: 6 * CENT + 3, unknown: 0, charges },
  ...change,
});
const ids = (posts: readonly PostCharges[]): string[] => compared(posts).posts.map(({ id }) => id);

describe('a comparison', () => {
  it('sums each post and all of them, exact to the nano-dollar', () => {
    const { posts, total } = compared([
      post('same', [charge()]),
      post('less', [charge({ billed: 1 }), charge({ billed: null })]),
    ]);
    expect(posts[0]).toEqual({
      ...{
        id: 'less',
        account: 'harbor',
        charges: 2,
        costUsd: 0.060000003,
        unknownUsd: 0,
        providerUsd: 0.12,
      },
      ...{ billedUsd: 1e-9, differenceUsd: -0.059999999, unbilled: 1 },
    });
    expect(total).toEqual({
      ...{ posts: 2, charges: 3, costUsd: 0.120000006, unknownUsd: 0, providerUsd: 0.18 },
      ...{ billedUsd: 0.060000001, differenceUsd: -0.059999999, unbilled: 1, differing: 1 },
    });
  });

  it('counts an estimate as 0 until its bill comes, which then is a difference', () => {
    const lost = { unknown: true, amount: 56 * CENT };
    const [waiting] = compared([
      post('a', [charge({ ...lost, billed: null })], { cost: 0, unknown: 56 * CENT }),
    ]).posts;
    expect(waiting).toMatchObject({
      costUsd: 0,
      unknownUsd: 0.56,
      providerUsd: 0,
      billedUsd: null,
      unbilled: 1,
    });
    const [billed] = compared([post('a', [charge({ ...lost, billed: 50 * CENT })])]).posts;
    expect(billed).toMatchObject({ providerUsd: 0, billedUsd: 0.5, differenceUsd: 0.5, unbilled: 0 });
  });

  it('tells a bill of nothing from no bill', () => {
    const { total } = compared([post('a', [charge({ billed: 0 })])]);
    expect(total).toMatchObject({ billedUsd: 0, differenceUsd: -0.06, unbilled: 0 });
    expect(compared([]).total).toMatchObject({ posts: 0, billedUsd: null, differenceUsd: null, unbilled: 0 });
  });

  it('counts the bill of a request once, also where two charges name it', () => {
    const twice = { requestId: 'one', amount: 3 * CENT };
    const { total } = compared([post('a', [charge(twice), charge(twice)])]);
    expect(total).toMatchObject({ providerUsd: 0.06, billedUsd: 0.06, differenceUsd: 0 });
  });

  it('lists the largest difference first, then what waits for a bill, then the rest from the newest', () => {
    const posts = [
      post('old', [charge()]),
      post('waits', [charge({ billed: null })]),
      post('little', [charge({ billed: 7 * CENT })]),
      post('new', [charge()]),
      post('much', [charge({ billed: 0 })]),
      post('waits too', [charge({ billed: null })]),
    ];
    expect(ids(posts)).toEqual(['much', 'little', 'waits', 'waits too', 'new', 'old']);
  });

  it('lists 500 posts at most and counts all, and says so', () => {
    const posts = Array.from({ length: 501 }, (_, index) => post(String(index), [charge()]));
    const all = compared(posts);
    expect(all.posts).toHaveLength(500);
    expect(all.total).toMatchObject({ posts: 501, charges: 501 });
    expect(notSeen(all, 'fal', null).at(-1)).toBe('At most 500 posts are listed; the total counts all.');
    expect(notSeen(compared(posts.slice(1)), 'fal', null).join()).not.toContain('500');
  });
});

describe('what is not seen', () => {
  it('always names text calls and calls without a request id', () => {
    expect(notSeen(compared([post('a', [charge()])]), 'fal', null)).toEqual([
      expect.stringMatching(/^Text calls/),
      expect.stringMatching(/^Calls without a request id/),
    ]);
  });

  it('names late events, or else why there are none', () => {
    const late = compared([post('a', [charge({ billed: null })])]);
    expect(notSeen(late, 'fal', null)[0]).toMatch(/^1 charge has no billing event yet/);
    expect(notSeen(late, 'fal', 'the key may not')[0]).toBe('the key may not.');
    expect(notSeen(late, 'fal', 'the key may not').join()).not.toContain('event yet');
  });
});
