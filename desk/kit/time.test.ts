import { expect, it } from 'vitest';
import { age, ago, clockTime, fullTime, twoClocks } from './time.js';

const now = new Date('2026-06-28T15:20:00Z');
const NEW_YEAR = new Date('2026-12-31T23:30:00Z');

it.each([
  ['2026-05-11T13:18:00Z', '48d'],
  ['2026-06-27T15:20:00Z', '1d'],
  ['2026-06-27T15:20:01Z', '23h'],
  ['2026-06-28T12:00:00Z', '3h'],
  ['2026-06-28T14:20:01Z', '59m'],
  ['2026-06-28T15:15:00Z', '5m'],
  ['2026-06-28T15:19:01Z', 'just now'],
  ['2026-06-28T15:25:00Z', 'just now'],
])('the age of %s is %s, also as a phrase', (iso, text) => {
  expect(age(iso, now)).toBe(text);
  expect(ago(iso, now)).toBe(text === 'just now' ? text : `${text} ago`);
});

it.each<[iso: string, zone: string, at: Date, text: string]>([
  ['2026-05-11T13:18:00Z', 'Europe/Warsaw', now, 'May 11, 15:18'],
  ['2026-05-11T13:18:00Z', 'America/New_York', now, 'May 11, 09:18'],
  ['2025-05-11T13:18:00Z', 'UTC', now, 'May 11, 2025, 13:18'],
  // The year is that of the zone, on both sides of a new one.
  ['2026-12-31T23:20:00Z', 'Asia/Tokyo', NEW_YEAR, 'Jan 1, 08:20'],
  ['2026-12-31T10:00:00Z', 'Asia/Tokyo', NEW_YEAR, 'Dec 31, 2026, 19:00'],
  // Every record shows something, also one that names no zone or no time.
  ['2026-05-11T13:18:00Z', 'Nowhere/Land', now, 'May 11, 13:18'],
  ['2026-05-11T13:18:00Z', '', now, 'May 11, 13:18'],
  ['2026-05-11T13:18:00Z', '+02:00', now, 'May 11, 13:18'],
  ['2026-05-11T13:18:00Z', '\u0000', now, 'May 11, 13:18'],
  ['', 'Europe/Warsaw', now, ''],
  ['yesterday', 'Europe/Warsaw', now, 'yesterday'],
  ['2026-13-41T00:00:00Z', 'Europe/Warsaw', now, '2026-13-41T00:00:00Z'],
])('the clock at %j in %j reads as such', (iso, zone, at, text) =>
  expect(clockTime(iso, zone, at)).toBe(text),
);

it.each([
  ['2026-05-11T13:18:00Z', 'Europe/Warsaw', 'Monday, May 11, 2026 at 15:18:00 GMT+2 (Europe/Warsaw)'],
  ['2026-05-11T13:18:00Z', 'UTC', 'Monday, May 11, 2026 at 13:18:00 UTC'],
  ['2026-05-11T13:18:00Z', 'Nowhere/Land', 'Monday, May 11, 2026 at 13:18:00 UTC'],
  ['yesterday', 'Europe/Warsaw', 'yesterday'],
])('the full time of %s in %s is %s', (iso, zone, text) => expect(fullTime(iso, zone)).toBe(text));

it.each([
  ['Europe/Berlin', 'Jul 2, 16:00 Berlin (Jul 2, 10:00 New York)'],
  ['America/Toronto', 'Jul 2, 10:00'],
  [null, 'Jul 2, 10:00'],
])('to a reader in %s a time of an account in New York is %s', (reader, text) => {
  const write = (zone: string) => clockTime('2026-07-02T14:00:00Z', zone, now);
  expect(twoClocks({ reader, own: 'America/New_York' }, write)).toBe(text);
});
