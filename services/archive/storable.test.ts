import { expect, test } from 'vitest';
import { storable } from './storable.js';

test('only what PostgreSQL refuses is taken out, however deep it lies', () => {
  const record = {
    title: 'a\u0000b',
    tags: ['\udc4d', '👍'],
    row: { n: 0.06, none: null, text: '\\u0000 "q"' },
  };
  expect(storable(record)).toEqual({
    title: 'ab',
    tags: ['\ufffd', '👍'],
    row: { n: 0.06, none: null, text: '\\u0000 "q"' },
  });
});

test('keys are mended as values are', () => {
  const record = {
    'a\u0000b': 1,
    '\ud800': 2,
    '\\u0000': 3,
    '\\\u0000': '\\\udc00',
    '👍': [{ '\u0000': null }],
  };
  expect(storable(record)).toEqual({
    ab: 1,
    '\ufffd': 2,
    '\\u0000': 3,
    '\\': '\\\ufffd',
    '👍': [{ '': null }],
  });
});
