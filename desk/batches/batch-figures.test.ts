import { expect, it } from 'vitest';
import { countParts } from './batch-figures.js';

it('puts what is done first, and leaves what is not begun', () => {
  expect(countParts({ drafting: 1, published: 2, failed: 1 }, 8)).toEqual([
    ['meter-good', 25],
    ['meter-work', 12.5],
    ['meter-bad', 12.5],
  ]);
  expect(countParts({}, 0)).toEqual([]);
});
