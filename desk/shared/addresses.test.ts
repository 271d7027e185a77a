import { expect, it } from 'vitest';
import { olderPath, postPath } from './addresses.js';

it('names a post by its account', () =>
  expect(postPath('ash', 'UpkTZ26nc9Eb')).toBe('/@ash/posts/UpkTZ26nc9Eb'));

it('escapes the zone of a time', () => {
  expect(olderPath('/@ash', '2026-05-11T15:18:00+02:00')).toBe(
    '/@ash?before=2026-05-11T15%3A18%3A00%2B02%3A00',
  );
});
