import { expect, test } from 'vitest';
import { storable, toIso } from './database.js';

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

test.each([
  ['2026-11-24 09:45:15.437+00', '2026-11-24T09:45:15.437Z'],
  ['2026-11-24 09:45:15+00', '2026-11-24T09:45:15.000Z'],
  ['2026-11-24 09:45:15.437123-08', '2026-11-24T17:45:15.437Z'],
  ['2026-11-24 09:45:15.4+05:30', '2026-11-24T04:15:15.400Z'],
])('%s is %s', (text, iso) => {
  expect(toIso(text)).toBe(iso);
});
