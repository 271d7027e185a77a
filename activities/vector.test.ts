import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from './vector.js';

it('keeps a vector as 32-bit floats', () => {
  const vector = [0.5, -1, 0, 3.25, -0.125];
  expect(fromBase64(toBase64(vector))).toEqual(vector);
  expect(fromBase64(toBase64([0.1]))[0]).toBeCloseTo(0.1, 6);
  expect(toBase64(Array.from({ length: 256 }, () => 0.1))).toHaveLength(1_368);
  expect(fromBase64('')).toEqual([]);
});
