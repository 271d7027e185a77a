import { describe, expect, it } from 'vitest';
import { age, ago, clockTime, fullTime } from './times.js';

const now = new Date('2026-06-28T15:20:00Z');

describe('age', () => {
  it.each([
    ['2026-05-11T13:18:00Z', '48d'],
    ['2026-06-27T15:20:00Z', '1d'],
    ['2026-06-27T15:20:01Z', '23h'],
    ['2026-06-28T12:00:00Z', '3h'],
    ['2026-06-28T14:20:01Z', '59m'],
    ['2026-06-28T15:15:00Z', '5m'],
    ['2026-06-28T15:19:01Z', 'just now'],
    ['2026-06-28T15:25:00Z', 'just now'],
  ])('of %s is %s', (iso, text) => expect(age(iso, now)).toBe(text));

  it('reads as a phrase', () => {
    expect(ago('2026-05-11T13:18:00Z', now)).toBe('48d ago');
    expect(ago('2026-06-28T15:19:50Z', now)).toBe('just now');
  });
});

describe('clockTime', () => {
  it('shows the time of the zone, with a plain space before AM and PM', () => {
    expect(clockTime('2026-05-11T13:18:00Z', 'Europe/Warsaw', now)).toBe('May 11, 3:18 PM');
    expect(clockTime('2026-05-11T13:18:00Z', 'America/New_York', now)).toBe('May 11, 9:18 AM');
  });
  it('adds the year when it is not the current one', () => {
    expect(clockTime('2025-05-11T13:18:00Z', 'UTC', now)).toBe('May 11, 2025, 1:18 PM');
  });
  it('takes the year from the zone, on both sides of a new year', () => {
    const newYear = new Date('2026-12-31T23:30:00Z');
    expect(clockTime('2026-12-31T23:20:00Z', 'Asia/Tokyo', newYear)).toBe('Jan 1, 8:20 AM');
    expect(clockTime('2026-12-31T10:00:00Z', 'Asia/Tokyo', newYear)).toBe('Dec 31, 2026, 7:00 PM');
  });
  it('shows something of every record, also of one that names no zone or no time', () => {
    for (const zone of ['Nowhere/Land', '', '+02:00', '\u0000'])
      expect(clockTime('2026-05-11T13:18:00Z', zone, now)).toBe('May 11, 1:18 PM');
    for (const none of ['', 'yesterday', '2026-13-41T00:00:00Z'])
      expect(clockTime(none, 'Europe/Warsaw', now)).toBe(none);
  });
});

describe('fullTime', () => {
  it('has the weekday, the second and the zone', () => {
    expect(fullTime('2026-05-11T13:18:00Z', 'Europe/Warsaw')).toBe(
      'Monday, May 11, 2026 at 3:18:00 PM GMT+2 (Europe/Warsaw)',
    );
    expect(fullTime('2026-05-11T13:18:00Z', 'UTC')).toBe('Monday, May 11, 2026 at 1:18:00 PM UTC');
  });
  it('shows something of every record', () => {
    expect(fullTime('2026-05-11T13:18:00Z', 'Nowhere/Land')).toMatch(/1:18:00 PM UTC$/);
    expect(fullTime('yesterday', 'Europe/Warsaw')).toBe('yesterday');
  });
});
