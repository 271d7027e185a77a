import { describe, expect, it } from 'vitest';
import { isTimeZone, parseIsoTime, parseSince } from './time.js';

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
    '0000-01-01',
    '1900-02-29',
    '2026-11-24\u0000',
    '9999-12-31T23:59:59-14:00',
  ])('%j is neither a date nor a time with its zone', (text) => expect(parseSince(text)).toBeNull());
});

describe('parseIsoTime', () => {
  it.each([
    ['2026-05-11T15:18:00Z', '2026-05-11T15:18:00.000Z'],
    ['2026-05-11T15:18:00.123Z', '2026-05-11T15:18:00.123Z'],
    ['2026-05-11T15:18:00.123456789-0330', '2026-05-11T18:48:00.123Z'],
    ['2026-05-11T15:18+14:00', '2026-05-11T01:18:00.000Z'],
    ['0096-02-29T00:00:00Z', '0096-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('reads %s', (text, utc) => {
    const time = parseIsoTime(text);
    expect(time === null ? null : new Date(time).toISOString()).toBe(utc);
  });

  it.each([
    '',
    'yesterday',
    '2026-05-11',
    '2026-05-11T15:18:00',
    '2026-05-11 15:18:00Z',
    '2026-05-11t15:18:00z',
    '2026-13-41T15:18:00Z',
    '2026-02-31T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '0095-02-29T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-05-00T00:00:00Z',
    '2026-05-11T24:00:00Z',
    '2026-05-11T23:59:60Z',
    '2026-05-11T15:18:00.1234567890Z',
    '2026-05-11T15:18:00+14:01',
    '2026-05-11T15:18:00+15:00',
    '2026-05-11T15:18:00-23:59',
    '0000-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-14:00',
    '2026-05-11T15:18:00Z\u0000',
    '2026-05-11T15:18:00Z\n',
    '２０２６-05-11T15:18:00Z',
  ])('finds no time in %j', (text) => expect(parseIsoTime(text)).toBeNull());
});

describe('isTimeZone', () => {
  it.each(['UTC', 'Europe/Lisbon', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])('knows %s', (name) =>
    expect(isTimeZone(name)).toBe(true),
  );
  it.each(['', '+02:00', 'Nowhere/Land', 'UTC\u0000', 'Europe/Lisbon ', 'A'.repeat(1_000_000)])(
    'knows no %j',
    (name) => expect(isTimeZone(name)).toBe(false),
  );
});
