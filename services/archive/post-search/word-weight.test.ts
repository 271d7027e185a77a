import { describe, expect, it } from 'vitest';
import { wordWeight } from './word-weight.js';

describe('a word', () => {
  it('weighs less the more posts have it, and next to nothing where all do', () => {
    const weights = [1, 2, 10, 30, 59, 60].map((posts) => wordWeight(posts, 60));
    expect(weights).toEqual(weights.toSorted((one, other) => other - one));
    expect(weights[0]).toBeGreaterThan(3.5);
    expect(weights[5]).toBeLessThan(0.01);
  });

  it('that no post has weighs as one that a single post has', () => {
    expect(wordWeight(0, 60)).toBe(wordWeight(1, 60));
  });

  it('of an account with few posts is not taken for common', () => {
    expect(wordWeight(1, 1)).toBeGreaterThan(2.5);
    expect(wordWeight(3, 3)).toBeGreaterThan(2);
  });
});
