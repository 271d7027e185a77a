import { describe, expect, it } from 'vitest';
import { isAbout, rankByWords, type Candidate, heaviest, weighWords, wordWeight } from './rank-by-words.js';
import { mergeRanks } from './post-search.js';
import { ABOVE_ZERO, measureMeaning, nearestPosts, unitVector } from './find-by-meaning.js';

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

describe('the words of a question', () => {
  const postings = [
    { word: 'model', postIds: ['c', 'b', 'a'] },
    { word: 'windmill', postIds: ['b', 'd'] },
  ];
  const asked = weighWords(['model', 'windmill', 'oven'], postings, 60);

  it('weigh by how many posts have them', () => {
    const weights = [3, 2, 0].map((posts) => wordWeight(posts, 60));
    expect(asked.map(({ word }) => word)).toEqual(['model', 'windmill', 'oven']);
    expect(asked.map(({ weight }) => weight)).toEqual(weights);
  });

  it('tell which posts have the most of their weight', () => {
    expect(heaviest(postings, asked, 9)).toEqual(['b', 'd', 'a', 'c']);
    expect(heaviest(postings, asked, 2)).toEqual(['b', 'd']);
    expect(heaviest([], asked, 2)).toEqual([]);
  });
});

describe('of posts that have words of a question', () => {
  const asked = [
    { word: 'windmill', weight: 4 },
    { word: 'model', weight: 1 },
  ];
  const hit = (word: string, inTitle: number, inRest: number) => ({ word, inTitle, inRest });
  const post = (postId: string, hits: Candidate['hits'], length = 100): Candidate => ({
    postId,
    length,
    hits,
  });
  const order = (...posts: Candidate[]) => rankByWords(asked, posts).map(({ postId }) => postId);
  const once = post('once', [hit('windmill', 0, 1)]);
  const common = post('common', [hit('model', 1, 9)]);

  // A tie goes by the id, so what comes first by its words has a later one.
  it.each<[string, Candidate, Candidate]>([
    ['with a rare word comes before one with a common word, however often', once, common],
    [
      'with the word in its title comes before one with it in its text',
      post('title', [hit('windmill', 1, 0)]),
      once,
    ],
    ['that says it more often comes first', post('twice', [hit('windmill', 0, 2)]), once],
    ['that says less beside it comes first', post('short', [hit('windmill', 0, 1)], 20), once],
    ['of two alike comes first in either order', post('alike', [hit('windmill', 0, 1)]), once],
  ])('one %s', (_which, first, second) => {
    const expected = [first.postId, second.postId];
    expect([order(first, second), order(second, first)]).toEqual([expected, expected]);
  });

  it('each tells how much of the question it has', () => {
    const both = post('both', [hit('windmill', 0, 1), hit('model', 3, 3)]);
    expect(rankByWords(asked, [both, common]).map(({ covered }) => covered)).toEqual([1, 0.2]);
  });

  it('there may be none', () => {
    expect(rankByWords(asked, [])).toEqual([]);
  });
});

describe('a post', () => {
  /** A word of a question: how many of 60 posts have it, and whether this post does. */
  type Word = readonly [posts: number, has: boolean];
  function isAboutIt(words: readonly Word[]): boolean {
    const asked = words.map(([posts], index) => ({ word: String(index), weight: wordWeight(posts, 60) }));
    const own = asked.filter((_, index) => words[index]?.[1]);
    const hits = own.map(({ word }) => ({ word, inTitle: 0, inRest: 1 }));
    return rankByWords(asked, [{ postId: 'a', length: 100, hits }]).some(isAbout);
  }
  const [ALL, HALF, RARE, NONE] = [60, 30, 1, 0];
  const lacks = (...posts: number[]): Word[] => posts.map((each) => [each, false]);
  const has = (...posts: number[]): Word[] => posts.map((each) => [each, true]);

  it.each<[string, boolean, Word[]]>([
    ['one rare word of six', true, [...has(RARE), ...lacks(NONE, NONE, NONE, RARE, NONE)]],
    ['the only word, a common one', true, has(HALF)],
    ['the only word, one that all posts have', true, has(ALL)],
    ['two common words, and lacks one', true, [...has(HALF, HALF), ...lacks(NONE)]],
    ['nothing but what all posts have', false, [...has(ALL, ALL), ...lacks(NONE, RARE)]],
    ['one common word of four', false, [...has(HALF), ...lacks(NONE, NONE, NONE)]],
  ])('that has %s is about a question: %j', (_what, isMeant, words) => {
    expect(isAboutIt(words)).toBe(isMeant);
  });
});

describe('posts by meaning', () => {
  const post = (postId: string, ...vector: number[]) => ({ postId, vector: unitVector(vector)! });
  const rank = (question: number[], ...posts: ReturnType<typeof post>[]): string[] =>
    nearestPosts(measureMeaning(unitVector(question)!, posts));

  it('come the nearest first, however long the vectors are', () => {
    expect(rank([7, 0], post('b', 1, 1), post('a', 100, 1), post('c', 0.1, 1))).toEqual(['a', 'b']);
  });

  it('of which all are far are none', () => {
    expect(rank([1, 0], post('a', 0.2, 1), post('b', -1, 0))).toEqual([]);
  });

  it('of which some come near enough to be offered are those above zero', () => {
    const posts = [post('far', 0.2, 1), post('across', 0, 1), post('against', -1, 0)];
    expect(nearestPosts(measureMeaning([1, 0], posts), ABOVE_ZERO)).toEqual(['far']);
  });

  it('leave out what was embedded to another length', () => {
    expect(rank([1, 0], post('a', 1, 0, 0))).toEqual([]);
  });

  it.each([
    [
      [3, 4],
      [0.6, 0.8],
    ],
    [[], null],
    [[0, 0], null],
    [[NaN, 1], null],
    [[Infinity, 1], null],
  ])('have a vector of length 1: of %j it is %j', (vector, unit) => {
    expect(unitVector(vector)).toEqual(unit);
  });
});

describe('several orders', () => {
  it.each([
    ['what stands in both comes before what stands in one', 'abc', 'dc', 'cadb'],
    ['one of which is empty are the other', '', 'ba', 'ba'],
    ['one of which is empty are the other', 'ba', '', 'ba'],
    ['that are empty are empty', '', '', ''],
    ['weigh the same: of two that stand alike the first decides', 'a', 'b', 'ab'],
    ['weigh the same: of two that stand alike the first decides', 'ab', 'ba', 'ab'],
  ])('%s', (_what, one, other, merged) => {
    expect(mergeRanks([[...one], [...other]])).toEqual([...merged]);
  });
});
