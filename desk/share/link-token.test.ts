import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLink, signLink, type Link } from './link-token.js';

const SECRET = 'a-secret-for-the-tests';
const link: Link = {
  id: 'AAAAAAAAAAAAAAAA',
  postId: 'WaitingPost1',
  revision: 2,
  gate: 'publish',
  expires: 1_800_000_000,
};

describe('a link', () => {
  it('is read as it was signed', () => {
    expect(readLink(signLink(link, SECRET), SECRET)).toEqual(link);
    expect(readLink(signLink({ ...link, gate: 'media' }, SECRET), SECRET)?.gate).toBe('media');
  });

  it('of another desk is none', () => {
    expect(readLink(signLink(link, SECRET), 'another secret')).toBeNull();
  });

  it('is none once any character of it is changed, taken away or added', () => {
    const token = signLink(link, SECRET);
    fc.assert(
      fc.property(fc.nat(token.length - 2), fc.constantFrom(...'A9.-_/%'), (at, character) => {
        fc.pre(token[at] !== character);
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        expect(readLink(changed, SECRET)).toBeNull();
        expect(readLink(token.slice(0, at) + token.slice(at + 1), SECRET)).toBeNull();
        expect(readLink(token.slice(0, at) + character + token.slice(at), SECRET)).toBeNull();
      }),
    );
  });

  it.each(['', '.....', 'x'.repeat(200), `${signLink(link, SECRET)}\n`])('%j is none', (token) => {
    expect(readLink(token, SECRET)).toBeNull();
  });
});
