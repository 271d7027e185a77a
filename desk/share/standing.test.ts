import { expect, it } from 'vitest';
import type { Link } from './link-token.js';
import { closedBy } from './standing.js';

const link: Link = { id: 'a', postId: 'WaitingPost1', revision: 2, gate: 'publish', expires: 1_800_000_000 };
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
