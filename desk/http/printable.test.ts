import { describe, expect, it } from 'vitest';
import { printable, printableText, TEXT_LIMIT } from './printable.js';

describe('printableText', () => {
  it('has no mark of direction, which would turn around what stands beside it, and keeps what scripts and emoji need', () => {
    expect(printableText('a\u202eb\u2066c\u2069\u200e\u200f\u061cd')).toBe('abcd');
    expect(printableText('می\u200cخواهم 👩\u200d👧 ❤\ufe0f')).toBe('می\u200cخواهم 👩\u200d👧 ❤\ufe0f');
  });

  it('keeps text as it is, with its lines, marks and emoji', () => {
    expect(printableText('Zażółć\n\tgęślą 🦆 <b>')).toBe('Zażółć\n\tgęślą 🦆 <b>');
  });
  it('drops control characters and lone surrogates, which XML forbids', () => {
    expect(printableText('a\u0000b\u001b[31mc\ud83dd\uffff')).toBe('ab[31mcd');
  });
  it('cuts at the limit, never through a character', () => {
    expect(printableText('abcdef', 4)).toBe('abc…');
    expect(printableText('ab🦆cd', 4)).toBe('ab…');
  });
});

it('walks whole documents and keeps what is not text', () => {
  const deep = { note: 'x'.repeat(TEXT_LIMIT + 5) };
  const clean = printable({ title: 'a\u0000', tags: ['b\u0007'], cost: 0.06, none: null, deep });
  expect(clean).toMatchObject({ title: 'a', tags: ['b'], cost: 0.06, none: null });
  expect(clean.deep.note).toHaveLength(TEXT_LIMIT);
});
