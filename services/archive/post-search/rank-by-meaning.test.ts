import { describe, expect, it } from 'vitest';
import { measureMeaning, nearest, unitVector } from './rank-by-meaning.js';

const post = (postId: string, ...vector: number[]) => ({ postId, vector: unitVector(vector)! });
const rank = (question: number[], ...posts: ReturnType<typeof post>[]): string[] =>
  nearest(measureMeaning(unitVector(question)!, posts));

describe('posts by meaning', () => {
  it('come the nearest first, however long the vectors are', () => {
    expect(rank([7, 0], post('b', 1, 1), post('a', 100, 1), post('c', 0.1, 1))).toEqual(['a', 'b']);
  });

  it('of which all are far are none', () => {
    expect(rank([1, 0], post('a', 0.2, 1), post('b', -1, 0))).toEqual([]);
  });

  it('leave out what was embedded to another length', () => {
    expect(rank([1, 0], post('a', 1, 0, 0))).toEqual([]);
  });
});

describe('a vector', () => {
  it('is brought to length 1', () => {
    expect(unitVector([3, 4])).toEqual([0.6, 0.8]);
  });

  it.each([[[]], [[0, 0]], [[NaN, 1]], [[Infinity, 1]]])('of %j has no direction', (vector) => {
    expect(unitVector(vector)).toBeNull();
  });
});
