import { expect, it } from 'vitest';
import { wordDiff } from './revisions.js';

const shown = (before: string, after: string): string =>
  wordDiff(before, after)
    .map(({ text, kind }) => (kind === 'same' ? text : kind === 'added' ? `[+${text}]` : `[-${text}]`))
    .join('');

it.each([
  ['Two times on one clock.', 'Two times on a clock.', 'Two times on [-one][+a] clock.'],
  ['The tide.', 'The tide.', 'The tide.'],
  ['', 'New.', '[+New.]'],
  ['Old.', '', '[-Old.]'],
  ['', '', ''],
])('%j to %j', (before, after, diff) => expect(shown(before, after)).toBe(diff));

it('keeps line breaks, and every character of both texts', () => {
  const before = 'First.\n\nSecond line here.';
  const after = 'First!\n\nA second line.\n\nThird.';
  const stretches = wordDiff(before, after);
  const of = (kind: string): string =>
    stretches
      .filter((each) => each.kind === kind || each.kind === 'same')
      .map(({ text }) => text)
      .join('');
  expect([of('removed'), of('added')]).toEqual([before, after]);
});

it('shows texts that have nothing in common one after the other', () => {
  const words = (letter: string): string =>
    Array.from({ length: 4_000 }, (_, n) => `${letter}${n}`).join(' ');
  expect(wordDiff(words('a'), words('b')).map(({ kind }) => kind)).toEqual(['removed', 'added']);
});
