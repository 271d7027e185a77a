import { expect, it } from 'vitest';
import { hearsOf, pauseAfter } from './webhooks.js';

it('pauses grow up to an hour', () => {
  expect([1, 2, 3, 10, 11, 12, 40].map(pauseAfter)).toEqual([
    5_000, 10_000, 20_000, 2_560_000, 3_600_000, 3_600_000, 3_600_000,
  ]);
});

it('a receiver hears of what it names, and of everything where it names nothing', () => {
  const hook = { url: 'https://a.example', secretVariable: 'S' };
  expect(hearsOf({ ...hook, events: null }, 'batch.done')).toBe(true);
  expect(hearsOf({ ...hook, events: ['post.blocked'] }, 'batch.done')).toBe(false);
  expect(hearsOf({ ...hook, events: ['post.blocked'] }, 'post.blocked')).toBe(true);
});
