import { expect, it } from 'vitest';
import { Restarts } from './restarts.js';

it('allows five starts in ten minutes, and more as the time goes on', () => {
  let now = 0;
  const restarts = new Restarts(() => now);
  const minute = 60_000;
  const allowed = [0, 1, 2, 3, 4, 5, 9, 10, 10].map((at) => {
    now = at * minute;
    return restarts.allow();
  });
  expect(allowed).toEqual([true, true, true, true, true, false, false, true, false]);
});
