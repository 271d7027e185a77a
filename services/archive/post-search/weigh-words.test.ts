import { describe, expect, it } from 'vitest';
import { heaviest, weighWords } from './weigh-words.js';
import { wordWeight } from './word-weight.js';

const words = ['model', 'windmill', 'oven'];
const postings = [
  { word: 'model', postIds: ['c', 'b', 'a'] },
  { word: 'windmill', postIds: ['b', 'd'] },
];

describe('the words of a question', () => {
  it('weigh by how many posts have them', () => {
    expect(weighWords(words, postings, 60)).toEqual([
      { word: 'model', weight: wordWeight(3, 60) },
      { word: 'windmill', weight: wordWeight(2, 60) },
      { word: 'oven', weight: wordWeight(0, 60) },
    ]);
  });

  it('tell which posts have the most of their weight', () => {
    const asked = weighWords(words, postings, 60);
    expect(heaviest(postings, asked, 9)).toEqual(['b', 'd', 'a', 'c']);
    expect(heaviest(postings, asked, 2)).toEqual(['b', 'd']);
    expect(heaviest([], asked, 2)).toEqual([]);
  });
});
