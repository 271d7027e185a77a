import { describe, expect, it } from 'vitest';
import { arrive, idleLeft, isNext, isQuiet, leave, newDoing, type Asked, type Doing } from './doing.js';

const begun: Doing = { ...newDoing(0), base: 0 };
const askedBy = (doing: Doing, ...visitors: string[]): Doing =>
  visitors.reduce((now, visitor) => arrive(now, visitor, 0), doing);
const can = (doing: Doing): number[] =>
  doing.open.filter((asked) => isNext(doing, asked)).map(({ place }) => place);
const first = ({ open }: Doing): Asked => open[0]!;

describe('questions that arrive at once', () => {
  it('are numbered in the order of their arrival', () => {
    expect(askedBy(begun, 'a', 'b', 'a').open).toEqual([
      { place: 1, visitor: 'a' },
      { place: 2, visitor: 'b' },
      { place: 3, visitor: 'a' },
    ]);
  });

  it('wait for an earlier one of the same visitor alone', () => {
    const three = askedBy(begun, 'a', 'b', 'a');
    expect(can(three)).toEqual([1, 2]);
    expect(can(leave(three, first(three), 1))).toEqual([2, 3]);
  });

  it('wait until it is known how many turns there were', () => {
    expect(can(askedBy(newDoing(0), 'a', 'b'))).toEqual([]);
  });

  it('of a conversation that is gone wait for nothing', () => {
    expect(can(askedBy({ ...newDoing(0), isGone: true }, 'a', 'a'))).toEqual([1, 2]);
  });

  it('never get a number twice', () => {
    const one = askedBy(begun, 'a');
    expect(arrive(leave(one, first(one), 1), 'a', 2).open).toEqual([{ place: 2, visitor: 'a' }]);
  });
});

it('is quiet when nothing is asked and nothing is being written', () => {
  const one = askedBy(begun, 'a');
  expect([begun, one, leave(one, first(one), 1), { ...begun, writing: 1 }].map(isQuiet)).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

it('waits from the last question or answer on', () => {
  const one = arrive(begun, 'a', 1_000);
  expect(idleLeft(one, 500, 1_200)).toBe(300);
  expect(idleLeft(leave(one, first(one), 4_000), 500, 4_100)).toBe(400);
  expect(idleLeft(one, 500, 1_500)).toBe(0);
});
