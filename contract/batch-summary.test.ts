import { expect, it } from 'vitest';
import type { Account } from './account.js';
import { batchSummary } from './batch.js';

it.each([
  ['crossings', 'crossings'],
  ['p'.repeat(80), `${'p'.repeat(59)}…`],
])('is one line with the planner %s, under the 200 bytes that Temporal takes', (planner, shown) => {
  const account = { handle: 'a'.repeat(30) } as Account;
  const summary = batchSummary({ account, planner, mix: { video: 1, hero_text: 4 } });
  expect(summary).toBe(`${account.handle} · ${shown} · 1 video, 4 hero_text`);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(200);
});
