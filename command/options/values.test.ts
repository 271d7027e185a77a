import { describe, expect, it } from 'vitest';
import { byValue } from './by.js';
import { hashtagsValue, idValues, lineValue, mixValue, timeValue, usdValue } from './values.js';

const NOW = Date.parse('2026-11-24T09:00:00Z');

describe('timeValue', () => {
  it.each([
    ['2027-01-31T09:00:00+01:00', '2027-01-31T08:00:00.000Z'],
    ['2027-01-31T09:00Z', '2027-01-31T09:00:00.000Z'],
    ['2028-02-29T00:00:00.5-0330', '2028-02-29T03:30:00.500Z'],
  ])('reads %s', (text, utc) => expect(timeValue('at', text, NOW)).toBe(utc));

  it.each(['2026-11-24T09:00:00Z', '2026-11-24T10:00:00+01:00'])('%s is not in the future', (text) => {
    expect(() => timeValue('at', text, NOW)).toThrow(/is not in the future/);
  });

  it.each([
    '',
    'now',
    '2027-01-31',
    '2027-01-31T09:00:00',
    '2027-02-29T09:00:00Z',
    '2027-13-01T09:00:00Z',
    '2027-01-31T24:00:00Z',
    '2027-01-31 09:00:00Z',
    '1e12',
  ])('%j is no ISO 8601 time with zone', (text) =>
    expect(() => timeValue('at', text, NOW)).toThrow(/is not an ISO 8601 time/),
  );
});

it('a mix comes in the order of the registry', () => {
  expect(Object.entries(mixValue('hero_text=4, video=1'))).toEqual([
    ['video', 1],
    ['hero_text', 4],
  ]);
});

it('an id that is given twice counts once', () => {
  expect(idValues(['UpkTZ26nc9Eb', 'UpkTZ26nc9Eb'])).toEqual(['UpkTZ26nc9Eb']);
});

it('an amount is exact', () => expect(usdValue('budget', '0.000000001')).toBe(1));

it('a value in a message is one short line', () => {
  expect(() => usdValue('budget', `1\n2${'x'.repeat(100)}`)).toThrow(
    /^budget='1 2x{54}\.\.\.' is not an amount/,
  );
});

it('by is the OS user unless given', () => {
  expect(byValue(' Ana ')).toBe('Ana');
  expect(byValue(undefined)).not.toBe('');
});

it('hashtags come without #, each once', () => {
  expect(hashtagsValue('#ai, data ,Größe,ai')).toEqual(['ai', 'data', 'Größe']);
});

it('a line has no breaks, and may have any script', () => {
  expect(lineValue('title', ' Größe 文字 👩‍🚀 ', 300)).toBe('Größe 文字 👩‍🚀');
  expect(() => lineValue('title', 'a\u2028b', 300)).toThrow(/is not one line/);
});
