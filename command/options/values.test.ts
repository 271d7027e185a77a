import { expect, it } from 'vitest';
import { byValue, hashtagsValue, idValues, lineValue, revisionValue, timeValue, usdValue } from './values.js';

const NOW = Date.parse('2026-11-24T09:00:00Z');

it('a time is in UTC, to come, and has its zone', () => {
  expect(timeValue('at', '2028-02-29T00:00:00.5-0330', NOW)).toBe('2028-02-29T03:30:00.500Z');
  for (const now of ['2026-11-24T09:00:00Z', '2026-11-24T10:00:00+01:00'])
    expect(() => timeValue('at', now, NOW)).toThrow(/^at='.*' is not in the future \(it is 2026-11-24T09:00/);
  expect(() => timeValue('at', '2027-01-31T09:00:00', NOW)).toThrow(/is not an ISO 8601 time with its zone/);
});

it('an id that is given twice counts once', () => {
  expect(idValues(['UpkTZ26nc9Eb', 'UpkTZ26nc9Eb'])).toEqual(['UpkTZ26nc9Eb']);
});

it.each([`post/UpkTZ26nc9Eb`, 'UpkTZ26nc9Ebx', 'UpkTZ26nc9E_', '../../../etc', ''])('%j is no id', (text) => {
  expect(() => idValues([text])).toThrow(/^id='.*' is not an id: 12 characters/);
});

it('a value in a message is one short line', () => {
  const text = `1\n2${'x'.repeat(100)}`;
  expect(() => usdValue('budget', text)).toThrow(/^budget='1 2x{54}\.\.\.' is not an amount/);
});

it('by is the OS user unless given', () => {
  expect(byValue(' Ana ')).toBe('Ana');
  expect(byValue(undefined)).not.toBe('');
});

it('hashtags come without #, each once', () => {
  expect(hashtagsValue('#ai, data ,Größe,ai')).toEqual(['ai', 'data', 'Größe']);
});

it.each(['', 'ai,,data', '##ai', 'two words'])('%j are no hashtags', (text) => {
  expect(() => hashtagsValue(text)).toThrow(/^hashtags='.*' is not a list of words/);
});

it('a line has no breaks, and may have any script', () => {
  expect(lineValue('title', ' Größe 文字 👩‍🚀 ', 300)).toBe('Größe 文字 👩‍🚀');
  expect(() => lineValue('title', 'a\u2028b', 300)).toThrow(/is not one line/);
});

it.each(['0', '-1', '1.5', ''])('%j is no revision', (text) => {
  expect(() => revisionValue(text)).toThrow(/is not a whole number of 1 or more/);
});
