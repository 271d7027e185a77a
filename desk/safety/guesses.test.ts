import { describe, expect, it } from 'vitest';
import { FREE_GUESSES, Guesses, visitorOf } from './guesses.js';

/** Counts on a clock of its own, and keeps what was logged. */
function counting() {
  const clock = { ms: 1_800_000_000_000 };
  const lines: string[] = [];
  const guesses = new Guesses(
    () => new Date(clock.ms),
    (line) => lines.push(line),
  );
  const count = (times: number, address: string): (number | null)[] =>
    Array.from({ length: times }, () => guesses.count(address));
  return { clock, lines, count };
}
const free = Array<null>(FREE_GUESSES).fill(null);

describe('Guesses', () => {
  it('lets a few pass, then names the seconds until the next, a minute after the first', () => {
    const { clock, lines, count } = counting();
    expect(count(FREE_GUESSES, '10.0.0.7')).toEqual(free);
    clock.ms += 18_500;
    expect(count(2, '10.0.0.7')).toEqual([42, 42]);
    expect(count(1, '10.0.0.8')).toEqual([null]);
    clock.ms += 41_500;
    expect(count(FREE_GUESSES + 1, '10.0.0.7')).toEqual([...free, 60]);
    expect(lines.map((line) => /from (\S+);/.exec(line)?.[1])).toEqual(['10.0.0.7', '10.0.0.8', '10.0.0.7']);
  });

  it('remembers ten thousand visitors, and forgets the oldest first', () => {
    const { count } = counting();
    count(FREE_GUESSES, '10.0.0.7');
    for (let host = 1; host < 10_000; host += 1) count(1, `10.1.${host >> 8}.${host & 255}`);
    expect(count(1, '10.0.0.7')).toEqual([60]);
    count(1, '10.2.0.0');
    expect(count(1, '10.0.0.7')).toEqual([null]);
  });
});

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:10.0.0.7', '10.0.0.7'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  [undefined, 'an unknown address'],
])('%s is the visitor %s', (address, visitor) => expect(visitorOf(address)).toBe(visitor));
