import { expect, it } from 'vitest';
import { isFetchable, isWebAddress, withoutLogins, withoutSecrets } from './address.js';

it.each([
  ['connect http://desk:hunter2@proxy:3128 failed', 'connect http://[login]@proxy:3128 failed'],
  ['https://tok3n@host/v1', 'https://[login]@host/v1'],
  ['https://a:p@ss@host/v1 and HTTP://c:d@e', 'https://[login]@host/v1 and HTTP://[login]@e'],
  ['archive postgres://copydesk:secret@db:5432/x', 'archive postgres://copydesk:[password]@db:5432/x'],
  ['postgres://copydesk@db/x', 'postgres://copydesk@db/x'],
  ['http://127.0.0.1:8300/@ashtalksai/posts/1', 'http://127.0.0.1:8300/@ashtalksai/posts/1'],
  ['mail me@example.com', 'mail me@example.com'],
])('%s', (text, safe) => {
  expect(withoutLogins(text)).toBe(safe);
});

it.each([
  ['ftp://u:pa/ss@host', 'ftp://[login]@host'],
  ['u:secret@host:80', '[login]@host:80'],
  ['ftp://host/v1?key=abc', 'ftp://host/v1?…'],
  ['8300x', '8300x'],
])('a value that is no address: %s', (value, safe) => {
  expect(withoutSecrets(value)).toBe(safe);
});

const LONGEST = 'https://example.com/'.padEnd(2_000, 'a');
it.each([
  ['https://example.com/a', true, true],
  ['http://maria@example.com/a', true, false],
  ['https://:secret@example.com/a', true, false],
  ['ftp://example.com/a', false, false],
  ['javascript:alert(1)', false, false],
  ['data:text/html,x', false, false],
  ['not an address', false, false],
  [LONGEST, true, true],
  [`${LONGEST}a`, false, false],
])('%s is an address to link to: %s, to fetch from: %s', (text, isLink, isFetched) => {
  expect([isWebAddress(text), isFetchable(text)]).toEqual([isLink, isFetched]);
});
