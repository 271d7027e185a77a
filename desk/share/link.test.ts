import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLink, signLink, type Link, closedBy } from './link.js';

const SECRET = 'a-secret-for-the-tests';
const said = { id: 'AAAAAAAAAAAAAAAA', postId: 'WaitingPost1', revision: 2, expires: 1_800_000_000 };
const link: Link = { ...said, gate: 'publish' };
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

const waiting = { status: 'awaiting_approval', gate: 'publish', revision: 2 } as const;
const decided = { ...waiting, status: 'scheduled', gate: null } as const;
const open = { isSpent: false, now: new Date(1_799_999_999_999) };

it('a link for the revision that waits is open until its end', () => {
  expect(closedBy(link, waiting, open)).toBeNull();
});

it.each([
  ['is spent', waiting, { ...open, isSpent: true }, 410, /been used/],
  ['has ended', waiting, { ...open, now: new Date(1_800_000_000_000) }, 410, /This link has ended/],
  ['has no post', null, open, 404, /No such link/],
  ['is for an earlier revision', { ...waiting, revision: 3 }, open, 410, /has changed/],
  ['is for another gate', { ...waiting, gate: 'media' as const }, open, 410, /moved on/],
  ['is for a post that was decided', decided, open, 410, /nothing to decide/],
])('one that %s is not', (_what, post, at, status, title) => {
  expect(closedBy(link, post, at)).toMatchObject({ status, title: expect.stringMatching(title) });
});
