import { expect, it } from 'vitest';
import { Allowance } from './allowance.js';

/** An allowance of three a minute, and the clock that it goes by. */
function ofThree() {
  const clock = { ms: Date.parse('2026-11-26T12:00:00.000Z') };
  const allowance = new Allowance(3, () => new Date(clock.ms));
  const take = (key: string, times: number) => Array.from({ length: times }, () => allowance.take(key));
  return { clock, allowance, take };
}

it('lets each have so many a minute, and says when there are more', () => {
  const { clock, allowance, take } = ofThree();
  expect(take('one', 3)).toEqual([null, null, null]);
  clock.ms += 20_500;
  expect(take('one', 2)).toEqual([40, 40]);
  expect(take('other', 3)).toEqual([null, null, null]);
  clock.ms += 39_499;
  expect(allowance.take('one')).toBe(1);
  clock.ms += 1;
  expect(take('one', 4)).toEqual([null, null, null, 60]);
});

it('does not hold a clock that was set back against anybody', () => {
  const { clock, take, allowance } = ofThree();
  take('one', 4);
  clock.ms -= 3_600_000;
  expect(allowance.take('one')).toBeNull();
});

it('remembers no more than ten thousand at once, the newest', () => {
  const { allowance, take } = ofThree();
  take('oldest', 3);
  take('newest', 3);
  for (let n = 0; n < 9_999; n += 1) allowance.take(`visitor ${n}`);
  expect(allowance.take('newest')).toBe(60);
  expect(allowance.take('oldest')).toBeNull();
});
