import { expect, it } from 'vitest';
import { Allowance, allowGuesses, FREE_GUESSES } from './allowance.js';

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

it('a few wrong tokens are free, and the log has a line a minute of them, from however many visitors', () => {
  const lines: string[] = [];
  let ms = 1_800_000_000_000;
  const guesses = allowGuesses(
    () => new Date(ms),
    (line) => lines.push(line),
  );
  const guess = (times: number, visitor: string) =>
    Array.from({ length: times }, () => guesses.take(visitor));
  const free = Array<null>(FREE_GUESSES).fill(null);
  expect(guess(FREE_GUESSES + 1, '10.0.0.7')).toEqual([...free, 60]);
  for (let n = 1; n <= 300; n += 1) expect(guess(1, `10.0.1.${n}`)).toEqual([null]);
  ms += 60_000;
  expect(guess(FREE_GUESSES + 1, '10.0.0.7')).toEqual([...free, 60]);
  ms += 60_000;
  guess(1, '10.0.0.8');
  expect(lines.map((line) => /^sign-in: a wrong token (.*?);/.exec(line)?.[1])).toEqual([
    'from 10.0.0.7',
    'from 10.0.0.7, after 300 more from other addresses',
    'from 10.0.0.8',
  ]);
});
