import { expect, test } from 'vitest';
import { storable } from './storable.js';

test('only what PostgreSQL refuses is taken out, however deep it lies', () => {
  const row = { n: 0.06, none: null, text: '\\u0000 "q"' };
  const record = { title: 'a\u0000b', tags: ['\udc4d', '👍'], row };
  expect(storable(record)).toEqual({ title: 'ab', tags: ['\ufffd', '👍'], row });
});

test('keys are mended as values are', () => {
  const whole = { '\\u0000': 3, '👍': [{ a: null }] };
  const record = { 'a\u0000b': 1, '\ud800': 2, '\\\u0000': '\\\udc00', nested: [{ '\u0000': null }] };
  const mended = { ab: 1, '\ufffd': 2, '\\': '\\\ufffd', nested: [{ '': null }] };
  expect(storable({ ...record, ...whole })).toEqual({ ...mended, ...whole });
});
