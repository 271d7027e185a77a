import { expect, it } from 'vitest';
import { parseRange } from './serve-asset.js';

it.each([
  ['bytes=0-3', { start: 0, end: 3 }],
  ['bytes=4-', { start: 4, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=-999999999999999999999999999', { start: 0, end: 9 }],
  ['bytes=5-500', { start: 5, end: 9 }],
])('reads %s of 10 bytes', (header, range) => expect(parseRange(header, 10)).toEqual(range));

const ODD = ['bytes=', 'bytes=-', 'bytes=4-2', 'lines=1-2', 'bytes=a-b', 'bytes=0x0-1,\t-'];
it.each([undefined, '', ...ODD, 'bytes=0-1,4-5', `bytes=${'0-1,'.repeat(10)}`])('ignores %s', (header) =>
  expect(parseRange(header, 10)).toBe('whole'),
);

it.each([
  ['bytes=10-', 10],
  ['bytes=99999999999999999999999999-', 10],
  ['bytes=10-12', 10],
  ['bytes=-0', 10],
  ['bytes=0-', 0],
])('cannot satisfy %s of %d bytes', (header, size) => expect(parseRange(header, size)).toBe('unsatisfiable'));
