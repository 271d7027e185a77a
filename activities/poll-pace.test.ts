import { describe, expect, it } from 'vitest';
import { nextLook, UsualTimes } from './poll-pace.js';

/** When a job that ends at `end` is noticed, and after how many looks. */
function noticed(end: number, usual: number | null): { late: number; looks: number } {
  let [waited, looks] = [0, 1];
  while (waited < end) {
    waited += nextLook(waited, usual);
    looks += 1;
  }
  return { late: waited - end, looks };
}

describe('a job is noticed', () => {
  it.each([12_000, 30_000, 120_000])(
    'within 1 % of its %i ms, or half a second, where its model is known, in few looks',
    (end) => {
      for (const usual of [0.95 * end, end, 1.05 * end]) {
        const { late, looks } = noticed(end, usual);
        expect(late).toBeLessThanOrEqual(Math.max(120, Math.min(500, 0.01 * end)));
        expect(looks).toBeLessThan(80);
      }
    },
  );

  it.each([400, 2_000, 12_000, 120_000])(
    'within a quarter of a second or a fortieth of its time, where it is not, at %i ms',
    (end) => {
      expect(noticed(end, null).late).toBeLessThanOrEqual(Math.max(250, Math.min(1_000, end / 40)));
    },
  );

  it.each([
    ['that ends at once', 50, 12_000],
    ['that takes ten times as long', 120_000, 12_000],
  ])('%s, never more than five seconds late', (_what, end, usual) => {
    expect(noticed(end, usual).late).toBeLessThanOrEqual(5_000);
  });
});

describe('what a model usually takes', () => {
  it('is the median of its newest jobs, each model by itself', () => {
    const usual = new UsualTimes();
    expect(usual.of('a')).toBeNull();
    for (const ms of [90_000, 1_000, 1_000, 1_000, 1_000, 2_000, 2_000, 2_000, 2_000, 2_000])
      usual.note('a', ms);
    usual.note('b', 7);
    expect([usual.of('a'), usual.of('b')]).toEqual([2_000, 7]);
  });
});
