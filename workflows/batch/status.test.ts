import { describe, expect, it } from 'vitest';
import { charge } from '../../services/archive/sample-records.js';
import { batchStatus, batchCost, unknownBatchCost } from './status.js';
import { sample } from './testing/sample.js';

describe('the costs', () => {
  const posts = [sample.post('a', { cost: 60_000_000 }), sample.post('b', { cost: 7, unknown: 3 })];
  const refused = charge('plan', { amount: 4_200_000, basis: 'priced', outcome: 'rule_broken' });
  const once = sample.withPage(sample.withPosts(sample.batch(), ...posts), 'done', [refused]);
  const batch = sample.withPage(once, 'done', [
    charge('plan', { amount: 800_000, basis: 'priced' }),
    charge('plan', { amount: 500_000, basis: 'unknown', outcome: 'lost' }),
  ]);

  it('are those of the posts and every paid try at the plan; the unknown stands apart', () => {
    expect(batchCost(batch)).toBe(65_000_007);
    expect(unknownBatchCost(batch)).toBe(500_003);
  });

  it('sum up on the status, row by row', () => {
    const status = batchStatus(batch);
    expect(status).toMatchObject({ costUsd: 0.065000007, unknownUsd: 0.000500003, budgetUsd: 2 });
    expect(status.pipeline.map((row) => row.costUsd)).toEqual([0.0042, 0.0008]);
    expect(status.posts.map((post) => post.costUsd)).toEqual([0.06, 0.000000007]);
    expect(status.posts[0]).not.toHaveProperty('unknown');
  });
});
