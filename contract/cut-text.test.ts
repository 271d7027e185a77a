import { expect, it } from 'vitest';
import { charactersOf, cutText } from './draft.js';

it.each([
  ['what fits, whole', 'The bill is it.', 15, 'The bill is it.'],
  ['after a word, with a mark', 'The bill is the benchmark', 20, 'The bill is the…'],
  ['after a word that just fits', 'The bill is the benchmark', 16, 'The bill is the…'],
  ['after a sentence, without one', 'The bill is it. And so on and on', 22, 'The bill is it.'],
  ['not at a sentence that ends early', 'So. The bill is the benchmark of all', 28, 'So. The bill is the…'],
  ['not at the full stop of a figure', 'It scored 89.2 and then some more', 12, 'It scored…'],
  ['a comma goes with what it led to', 'The bill, and only that', 13, 'The bill…'],
  ['no word at all', 'x'.repeat(12), 10, `${'x'.repeat(9)}…`],
  ['a script without spaces', '请求书才是真正的基准线', 8, '请求书才是真正…'],
  ['no character in two', '👍'.repeat(12), 10, `${'👍'.repeat(9)}…`],
])('is cut %s', (_name, text, most, cut) => {
  expect(cutText(text, most)).toBe(cut);
  expect(charactersOf(cut)).toBeLessThanOrEqual(most);
});
