import { describe, expect, it } from 'vitest';
import { parseSince } from './time.js';

describe('parseSince', () => {
  it.each([
    ['2026-11-24', '2026-11-24T00:00:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
    ['2026-11-24T09:00:00+01:00', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24T09:00Z', '2026-11-24T09:00:00.000Z'],
  ])('reads %s', (text, utc) => expect(parseSince(text)).toBe(utc));

  it.each([
    '',
    'today',
    '2026-11',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '24.11.2026',
    '2026-11-24T09:00',
  ])('%j is neither a date nor a time with its zone', (text) => expect(parseSince(text)).toBeNull());
});
