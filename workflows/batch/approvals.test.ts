import { describe, expect, it } from 'vitest';
import { addApproval, dropShare, nextShare, type PendingApproval } from './approvals.js';
import type { ApproveAll } from '../../contract/messages.js';
import type { KnownPost } from './known-post.js';
import { newPosts, type BatchPosts } from './posts.js';
import { sample } from './testing/sample.js';

const waiting = (id: string, revision = 1) =>
  sample.post(id, { status: 'awaiting_approval', gate: 'publish', revision });

let posts: BatchPosts;
let pending: readonly PendingApproval[];
const start = (...known: KnownPost[]): void => {
  posts = { ...newPosts('2026-11-24T09:00:00Z'), known };
  pending = [];
};
/** Whether it was taken. */
const approve = (approval: ApproveAll): boolean => {
  const now = addApproval(pending, posts, approval);
  pending = now ?? pending;
  return now !== null;
};
const comeToWait = (post: KnownPost): void => {
  const others = posts.known.filter(({ id }) => id !== post.id);
  posts = { ...posts, known: [...others, post], heard: posts.heard + 1 };
};

describe('addApproval', () => {
  it('is for the posts that wait now, as they stand', () => {
    start(waiting('a', 2), sample.post('b', { status: 'blocked' }), sample.post('c'));
    expect(approve({ by: 'mo' })).toBe(true);
    comeToWait(waiting('c'));
    expect(pending).toEqual([
      { approval: { by: 'mo' }, posts: [{ id: 'a', gate: 'publish', revision: 2 }], heard: 0 },
    ]);
  });

  it('leaves out a post that is to be approved already, and takes it at another gate or revision', () => {
    start(waiting('a'), waiting('b'));
    approve({ by: 'mo' });
    comeToWait(waiting('b', 2));
    comeToWait(waiting('c'));
    approve({ by: 'ana' });
    comeToWait({ ...waiting('a'), gate: 'media' });
    approve({ by: 'ana', note: 'all' });
    expect(pending.map((one) => [one.approval.by, one.posts.map(({ id }) => id)])).toEqual([
      ['mo', ['a', 'b']],
      ['ana', ['b', 'c']],
      ['ana', ['a']],
    ]);
  });

  it('stays small, and quick, under a flood of approvals of 2,000 posts', () => {
    start(...Array.from({ length: 2_000 }, (_, index) => waiting(`post${index}`)));
    for (let count = 0; count < 1_000; count += 1)
      approve({ by: 'mo', note: `${count} ${'n'.repeat(3_900)}` });
    expect(pending).toHaveLength(1);
    expect(JSON.stringify(pending).length).toBeLessThan(130_000);
  });

  it('says the same words once, and takes no more words than can be carried over', () => {
    start();
    const note = '猫'.repeat(4_000);
    const approveOne = (id: string, words: string): boolean => {
      comeToWait(waiting(id));
      return approve({ by: 'mo', note: words });
    };
    for (let index = 0; index < 50; index += 1) expect(approveOne(`post${index}`, note)).toBe(true);
    expect(pending).toHaveLength(1);
    expect(pending[0]?.posts).toHaveLength(50);
    const others = Array.from({ length: 50 }, (_, index) => approveOne(`other${index}`, `${index}${note}`));
    expect(others.filter(Boolean)).toHaveLength(4);
    expect(Buffer.byteLength(JSON.stringify(pending))).toBeLessThan(70_000);
  });
});

describe('a share', () => {
  const all = (...ids: string[]) => ({
    approval: { by: 'mo' },
    posts: ids.map((id) => ({ id, gate: 'publish', revision: 1 }) as const),
    heard: 0,
  });

  it('is taken off the approvals in order, and none is left out', () => {
    let approvals: readonly PendingApproval[] = [all('a', 'b', 'c'), all(), all('d')];
    const shares = Array.from({ length: 5 }, () => {
      const share = nextShare(approvals, 2);
      approvals = dropShare(approvals, 2);
      return share?.posts.map(({ id }) => id) ?? null;
    });
    expect(shares).toEqual([['a', 'b'], ['c'], [], ['d'], null]);
    expect(approvals).toEqual([]);
  });
});
