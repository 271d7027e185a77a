import { expect, it } from 'vitest';
import { olderPath, postPath, webAddress } from './addresses.js';

it('names a post by its account', () =>
  expect(postPath('ash', 'UpkTZ26nc9Eb')).toBe('/@ash/posts/UpkTZ26nc9Eb'));

it('escapes the zone of a time', () => {
  expect(olderPath('/@ash', '2026-05-11T15:18:00+02:00')).toBe(
    '/@ash?before=2026-05-11T15%3A18%3A00%2B02%3A00',
  );
});

it('links to web addresses only', () => {
  expect(webAddress('https://example.com/a')).toBe('https://example.com/a');
  expect(webAddress('javascript:alert(1)')).toBeNull();
  expect(webAddress('data:text/html,x')).toBeNull();
  expect(webAddress('not an address')).toBeNull();
});
