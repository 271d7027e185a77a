import { describe, expect, it } from 'vitest';
import { rankByWords, type Candidate } from './rank-by-words.js';

const asked = [
  { word: 'windmill', weight: 4 },
  { word: 'model', weight: 1 },
];
const hit = (word: string, inTitle: number, inRest: number) => ({ word, inTitle, inRest });
const post = (postId: string, hits: Candidate['hits'], length = 100): Candidate => ({ postId, length, hits });
const order = (...posts: Candidate[]): string[] => rankByWords(asked, posts).map(({ postId }) => postId);

describe('of posts that have words of a question', () => {
  it('one with a rare word comes before one with a common word, however often', () => {
    expect(order(post('common', [hit('model', 1, 9)]), post('rare', [hit('windmill', 0, 1)]))).toEqual([
      'rare',
      'common',
    ]);
  });

  it('one with the word in its title comes before one that has it in its text', () => {
    expect(order(post('text', [hit('windmill', 0, 1)]), post('title', [hit('windmill', 1, 0)]))).toEqual([
      'title',
      'text',
    ]);
  });

  it('one that says it more often, or says less beside it, comes first', () => {
    const [once, twice] = [post('once', [hit('windmill', 0, 1)]), post('twice', [hit('windmill', 0, 2)])];
    const short = post('short', [hit('windmill', 0, 1)], 20);
    expect(order(once, twice)).toEqual(['twice', 'once']);
    expect(order(once, short)).toEqual(['short', 'once']);
  });

  it('two alike stand in the same order each time', () => {
    const [one, two] = [post('a', [hit('model', 0, 1)]), post('b', [hit('model', 0, 1)])];
    expect(order(two, one)).toEqual(order(one, two));
  });

  it('each tells how much of the question it has', () => {
    const both = post('both', [hit('windmill', 0, 1), hit('model', 3, 3)]);
    const covered = rankByWords(asked, [both, post('one', [hit('model', 0, 1)])]).map((one) => one.covered);
    expect(covered).toEqual([1, 0.2]);
  });

  it('there may be none', () => {
    expect(rankByWords(asked, [])).toEqual([]);
  });
});
