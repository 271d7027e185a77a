import { expect, it } from 'vitest';
import { segmentsOf } from './batch-figures.js';

it('puts what is done first, and leaves what is not begun', () => {
  expect(segmentsOf({ drafting: 1, published: 2, failed: 1 }, 8)).toEqual([
    { tone: 'good', from: 0, length: 25 },
    { tone: 'work', from: 25, length: 12.5 },
    { tone: 'bad', from: 37.5, length: 12.5 },
  ]);
  expect(segmentsOf({}, 0)).toEqual([]);
});
