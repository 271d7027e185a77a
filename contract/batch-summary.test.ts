import { expect, it } from 'vitest';
import type { Account } from './account.js';
import { batchSummary } from './batch-summary.js';

const of = (planner: string) =>
  batchSummary({ account: { handle: 'a'.repeat(30) } as Account, planner, mix: { video: 1, hero_text: 4 } });

it('is one line of account, planner and mix', () => {
  expect(of('crossings')).toBe(`${'a'.repeat(30)} · crossings · 1 video, 4 hero_text`);
});

it('stays under the 200 bytes that Temporal takes', () => {
  expect(Buffer.byteLength(of('p'.repeat(80)))).toBeLessThanOrEqual(200);
});
