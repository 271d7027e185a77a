import { describe, expect, it } from 'vitest';
import { mergeRanks } from './merge-ranks.js';

describe('several orders', () => {
  it('are one, in which what stands in both comes before what stands in one', () => {
    expect(
      mergeRanks([
        ['a', 'b', 'c'],
        ['d', 'c'],
      ]),
    ).toEqual(['c', 'a', 'd', 'b']);
  });

  it('of which one is empty are the other', () => {
    expect(mergeRanks([[], ['b', 'a']])).toEqual(['b', 'a']);
    expect(mergeRanks([['b', 'a'], []])).toEqual(['b', 'a']);
    expect(mergeRanks([[], []])).toEqual([]);
  });

  it('weigh the same: of two that stand alike the first order decides', () => {
    expect(mergeRanks([['a'], ['b']])).toEqual(['a', 'b']);
    expect(
      mergeRanks([
        ['a', 'b'],
        ['b', 'a'],
      ]),
    ).toEqual(['a', 'b']);
  });
});
