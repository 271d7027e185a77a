import { expect, it } from 'vitest';
import { nearest } from './nearest.js';

it.each([
  ['voise', 'voice'],
  ['timezone', 'timeZone'],
  ['plannres', 'planners'],
  ['xyz', null],
  ['', null],
])('%s may mean %s', (word, meant) => {
  expect(nearest(word, ['name', 'voice', 'timeZone', 'planners'])).toBe(meant);
});
