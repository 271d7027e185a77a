import { describe, expect, it } from 'vitest';
import { parseRange } from './range.js';

describe('parseRange', () => {
  it.each([
    ['bytes=0-3', { start: 0, end: 3 }],
    ['bytes=4-', { start: 4, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=5-500', { start: 5, end: 9 }],
  ])('reads %s of 10 bytes', (header, range) => expect(parseRange(header, 10)).toEqual(range));

  it.each(['bytes=10-', 'bytes=10-12', 'bytes=-0'])('cannot satisfy %s of 10 bytes', (header) =>
    expect(parseRange(header, 10)).toBe('unsatisfiable'),
  );

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=4-2', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=a-b'])(
    'ignores %s',
    (header) => expect(parseRange(header, 10)).toBe('whole'),
  );

  it('cannot satisfy any range of an empty file', () =>
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable'));
});
