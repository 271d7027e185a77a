import { describe, expect, it } from 'vitest';
import { arrive, idleLeft, isNext, isQuiet, leave, newDoing, type Doing } from './doing.js';

const begun: Doing = { ...newDoing(0), base: 0 };
const askedBy = (doing: Doing, ...visitors: string[]): Doing =>
  visitors.reduce((now, visitor) => arrive(now, visitor, 0), doing);
const ready = (doing: Doing): number[] =>
  doing.open.filter((asked) => isNext(doing, asked)).map(({ place }) => place);
const leaveFirst = (doing: Doing, nowMs = 1): Doing => leave(doing, doing.open[0]!, nowMs);
const one = askedBy(begun, 'a');
const three = askedBy(begun, 'a', 'b', 'a');

describe('questions that arrive at once', () => {
  it('are numbered in the order of their arrival, and never get a number twice', () => {
    expect(three.open.map(({ place, visitor }) => `${place} ${visitor}`)).toEqual(['1 a', '2 b', '3 a']);
    expect(arrive(leaveFirst(one), 'a', 2).open).toEqual([{ place: 2, visitor: 'a' }]);
  });

  it.each([
    ['wait for an earlier one of the same visitor alone', three, [1, 2]],
    ['wait no longer once that is answered', leaveFirst(three), [2, 3]],
    ['wait until it is known how many turns there were', askedBy(newDoing(0), 'a', 'b'), []],
    ['of a chat that is gone wait for nothing', askedBy({ ...newDoing(0), isGone: true }, 'a', 'a'), [1, 2]],
  ])('%s', (_what, doing, places) => expect(ready(doing)).toEqual(places));
});

it('is quiet when nothing is asked and nothing is being written', () => {
  expect([begun, leaveFirst(one)].map(isQuiet)).toEqual([true, true]);
  expect([one, { ...begun, writing: 1 }].map(isQuiet)).toEqual([false, false]);
});

it('waits from the last question or answer on', () => {
  const asked = arrive(begun, 'a', 1_000);
  expect([1_200, 1_500].map((now) => idleLeft(asked, 500, now))).toEqual([300, 0]);
  expect(idleLeft(leaveFirst(asked, 4_000), 500, 4_100)).toBe(400);
});
