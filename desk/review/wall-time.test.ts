import { expect, it } from 'vitest';
import { wallTimeToUtc } from './wall-time.js';

it.each([
  ['2026-07-02T09:00', 'Europe/Warsaw', '2026-07-02T07:00:00.000Z'],
  ['2026-01-02T09:00', 'Europe/Warsaw', '2026-01-02T08:00:00.000Z'],
  ['2026-07-02T09:00:30', 'UTC', '2026-07-02T09:00:00.000Z'],
  ['2026-07-02T09:00', 'America/St_Johns', '2026-07-02T11:30:00.000Z'],
  // Shown twice when summer time ends, and skipped when it begins.
  ['2026-10-25T02:30', 'Europe/Warsaw', '2026-10-25T00:30:00.000Z'],
  ['2026-03-29T02:30', 'Europe/Warsaw', '2026-03-29T01:00:00.000Z'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:00:00.000Z'],
])('%s in %s is %s', (text, zone, utc) => expect(wallTimeToUtc(text, zone)).toBe(utc));

it.each(['', 'tomorrow', '2026-02-30T09:00', '2026-07-02', '2026-07-02T24:00', '2026-07-02T09:00Z'])(
  '%j is no time',
  (text) => expect(wallTimeToUtc(text, 'Europe/Warsaw')).toBeNull(),
);
