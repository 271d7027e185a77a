import { expect, it } from 'vitest';
import { isAbout } from './is-about.js';
import { rankByWords } from './rank-by-words.js';
import { wordWeight } from './word-weight.js';

/** A word of a question: how many of 60 posts have it, and whether this post does. */
type Word = readonly [posts: number, has: boolean];

function isAboutIt(words: readonly Word[]): boolean {
  const asked = words.map(([posts], index) => ({ word: String(index), weight: wordWeight(posts, 60) }));
  const hits = words.flatMap(([, has], index) =>
    has ? [{ word: String(index), inTitle: 0, inRest: 1 }] : [],
  );
  return rankByWords(asked, [{ postId: 'a', length: 100, hits }]).some(isAbout);
}
const [ALL, HALF, RARE, NONE] = [60, 30, 1, 0];
const lacks = (posts: number): Word => [posts, false];
const has = (posts: number): Word => [posts, true];

it.each<[string, ...Word[]]>([
  ['one rare word of six', has(RARE), lacks(NONE), lacks(NONE), lacks(NONE), lacks(RARE), lacks(NONE)],
  ['the only word, a common one', has(HALF)],
  ['the only word, one that all posts have', has(ALL)],
  ['two common words, and lacks one', has(HALF), has(HALF), lacks(NONE)],
])('a post is about a question of which it has %s', (_, ...words) => {
  expect(isAboutIt(words)).toBe(true);
});

it.each<[string, ...Word[]]>([
  ['nothing but what all posts have', has(ALL), has(ALL), lacks(NONE), lacks(RARE)],
  ['one common word of four', has(HALF), lacks(NONE), lacks(NONE), lacks(NONE)],
])('a post is not about a question of which it has %s', (_, ...words) => {
  expect(isAboutIt(words)).toBe(false);
});
