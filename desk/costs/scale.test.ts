import { expect, it } from 'vitest';
import { roundTop } from './scale.js';

it.each([
  [0, 1],
  [0.0042, 0.005],
  [0.74, 1],
  [1, 1],
  [1.01, 2],
  [23, 25],
  [260, 500],
])('puts %d under %d', (most, top) => {
  expect(roundTop(most)).toBeCloseTo(top, 9);
});
