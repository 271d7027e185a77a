import { describe, expect, it } from 'vitest';
import { nextLook, UsualTimes } from './job.js';

describe('a job is noticed', () => {
  /** How late a job that ends at `end` is noticed, and after how many looks. */
  function noticed(end: number, usual: number | null): { late: number; looks: number } {
    let [waited, looks] = [0, 1];
    while (waited < end) {
      waited += nextLook(waited, usual);
      looks += 1;
    }
    return { late: waited - end, looks };
  }

  it.each([12_000, 30_000, 120_000])('in few looks where it takes its usual %i ms', (end) => {
    for (const usual of [0.95 * end, end, 1.05 * end]) {
      const { late, looks } = noticed(end, usual);
      expect(late).toBeLessThanOrEqual(Math.max(120, Math.min(500, 0.01 * end)));
      expect(looks).toBeLessThan(80);
    }
  });

  it('within a quarter of a second, or a fortieth of its time up to a second, where its model is not known', () => {
    for (let end = 50; end < 200_000; end += 97) {
      const most = Math.max(250, Math.min(1_000, end / 40));
      expect(noticed(end, null).late, `${end} ms`).toBeLessThanOrEqual(most);
    }
  });

  it.each([
    ['at once', 50],
    ['after ten times as long', 120_000],
  ])('that ends %s, never more than five seconds late', (_what, end) => {
    expect(noticed(end, 12_000).late).toBeLessThanOrEqual(5_000);
  });

  it('by what its model usually takes: the median of its newest jobs, each model by itself', () => {
    const usual = new UsualTimes();
    expect(usual.of('a')).toBeNull();
    for (const ms of [90_000, 1_000, 1_000, 1_000, 1_000, 2_000, 2_000, 2_000, 2_000, 2_000])
      usual.note('a', ms);
    usual.note('b', 7);
    expect([usual.of('a'), usual.of('b')]).toEqual([2_000, 7]);
  });
});
