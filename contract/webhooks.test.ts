import { expect, it } from 'vitest';
import { hearsOf, pauseAfter } from './webhooks.js';

it('pauses grow up to an hour', () => {
  const seconds = [1, 2, 3, 10, 11, 12, 40].map((attempt) => pauseAfter(attempt) / 1_000);
  expect(seconds).toEqual([5, 10, 20, 2_560, 3_600, 3_600, 3_600]);
});

it('a receiver hears of what it names, and of everything where it names nothing', () => {
  const hook = { url: 'https://a.example', secretVariable: 'S' };
  expect(hearsOf({ ...hook, events: null }, 'batch.done')).toBe(true);
  expect(hearsOf({ ...hook, events: ['post.blocked'] }, 'batch.done')).toBe(false);
  expect(hearsOf({ ...hook, events: ['post.blocked'] }, 'post.blocked')).toBe(true);
});
