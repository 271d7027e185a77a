import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLink, signLink, type Link } from './link-token.js';

const SECRET = 'a-secret-for-the-tests';
const open = { id: 'AAAAAAAAAAAAAAAA', postId: 'WaitingPost1', revision: 2, expires: 1_800_000_000 };
const link: Link = { ...open, gate: 'publish' };
const TOKEN = signLink(link, SECRET);

it('a link is read as it was signed', () => {
  expect(readLink(TOKEN, SECRET)).toEqual(link);
  expect(readLink(signLink({ ...link, gate: 'media' }, SECRET), SECRET)?.gate).toBe('media');
});

it('a link of another desk is none', () => expect(readLink(TOKEN, 'another secret')).toBeNull());

it('a link is none once any character of it is changed, taken away or added', () => {
  fc.assert(
    fc.property(fc.nat(TOKEN.length - 2), fc.constantFrom(...'A9.-_/%'), (at, character) => {
      fc.pre(TOKEN[at] !== character);
      const [before, after] = [TOKEN.slice(0, at), TOKEN.slice(at + 1)];
      expect(readLink(before + character + after, SECRET)).toBeNull();
      expect(readLink(before + after, SECRET)).toBeNull();
      expect(readLink(before + character + TOKEN.slice(at), SECRET)).toBeNull();
    }),
  );
});

it.each(['', '.....', 'x'.repeat(200), `${TOKEN}\n`])('%j is no link', (token) =>
  expect(readLink(token, SECRET)).toBeNull(),
);
