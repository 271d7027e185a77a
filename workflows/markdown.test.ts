import { describe, expect, it } from 'vitest';
import { link, parts, plain } from './markdown.js';

describe('plain', () => {
  it.each([
    ['a **bold** _word_', 'a \\*\\*bold\\*\\* \\_word\\_'],
    ['<b> &lt; ~~gone~~', '\\<b\\> \\&lt; \\~\\~gone\\~\\~'],
    ['first\n\n- second', 'first - second'],
    // (c) would become a ©.
    ['(a), (b), (c)', '\\(a\\), \\(b\\), \\(c\\)'],
    // A bare address would become a link.
    ['see https://a.example/b_c', 'see https\\://a.example/b\\_c'],
    // What is between dollar signs would be read as mathematics.
    ['$3, not $5', '\\$3, not \\$5'],
    [' "Quotes" stay ', '"Quotes" stay'],
  ])('shows %j as it is', (text, escaped) => expect(plain(text)).toBe(escaped));
});

it('keeps the brackets of an address out of the way of the link', () =>
  expect(link('a [b]', 'https://a.example/(b)')).toBe('[a \\[b\\]](https://a.example/%28b%29)'));

it('ends what is shown with a line that may be cut', () =>
  expect(parts(['a', '- b'])).toBe('a\n\n- b\n\n\u00a0'));
