import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.js';

const now = Date.parse('2026-11-24T12:00:00Z');

it.each<[string | null | undefined, number | null]>([
  ['7', 7_000],
  ['0.5', 500],
  [' 20 ', 20_000],
  ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
  ['Tuesday, 24-Nov-26 12:00:30 GMT', 30_000],
  ['Tue Nov 24 12:00:30 2026 GMT', 30_000],
  ['Tue, 24 Nov 2026 11:59:00 GMT', null],
  ['0', null],
  ['-1', null],
  ['soon', null],
  ['2027', 2_027_000],
  ['1e3', null],
  ['', null],
  [null, null],
  [undefined, null],
])('Retry-After %j is %j ms', (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms);
});
