import { expect, it } from 'vitest';
import { isFetchable, isWebAddress } from './web-address.js';

it('links to web addresses only', () => {
  expect(isWebAddress('https://example.com/a')).toBe(true);
  expect(isWebAddress('http://maria@example.com/a')).toBe(true);
  expect(isWebAddress('javascript:alert(1)')).toBe(false);
  expect(isWebAddress('data:text/html,x')).toBe(false);
  expect(isWebAddress('not an address')).toBe(false);
});

it('fetches no address with a user name', () => {
  expect(isFetchable('https://example.com/a')).toBe(true);
  expect(isFetchable('https://maria@example.com/a')).toBe(false);
  expect(isFetchable('https://:secret@example.com/a')).toBe(false);
  expect(isFetchable('ftp://example.com/a')).toBe(false);
});

it('knows no address of more than 2000 characters', () => {
  const longest = 'https://example.com/'.padEnd(2_000, 'a');
  expect(isWebAddress(longest)).toBe(true);
  expect(isWebAddress(`${longest}a`)).toBe(false);
  expect(isFetchable(`${longest}a`)).toBe(false);
});
