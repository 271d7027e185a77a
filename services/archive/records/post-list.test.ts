import { expect, test } from 'vitest';
import { wordPattern, wordsIn } from './post-list.js';

test.each([
  ['Ab9', '[Aa][bB]9'],
  ['łÓ', '[łŁ][Óó]'],
  ['ß', 'ß'],
  ['文字', '文字'],
  ['50%', '50\\%'],
  ['a_b', '[aA]_[bB]'],
  ['.*', '\\.\\*'],
  ['^]-[\\', '\\^\\]\\-\\[\\\\'],
])('%s is looked for as %s', (word, pattern) => expect(wordPattern(word)).toBe(pattern));

test('words are parted by white space of any kind', () => {
  expect(wordsIn('  two\twords\n')).toEqual(['two', 'words']);
  expect(wordsIn(' \n ')).toEqual([]);
});
