import { describe, expect, it } from 'vitest';
import { addApproval, dropShare, nextShare, type PendingApproval } from './orders.js';
import type { ApproveAll } from '../../contract/messages.js';
import { type KnownPost, newPosts, type BatchPosts } from './posts.js';
import { sample } from './testing/sample.js';

const { post, waiting } = sample;

let posts: BatchPosts;
let pending: readonly PendingApproval[];
const start = (...known: KnownPost[]): void => {
  posts = { ...newPosts('2026-11-24T09:00:00Z'), known };
  pending = [];
};
const approve = (approval: ApproveAll): boolean => {
  const now = addApproval(pending, posts, approval);
  pending = now ?? pending;
  return now !== null;
};
const comeToWait = (one: KnownPost): void => {
  const others = posts.known.filter(({ id }) => id !== one.id);
  posts = { ...posts, known: [...others, one], heard: posts.heard + 1 };
};

describe('an approval of all', () => {
  it('is for the posts that wait now, as they stand', () => {
    start(waiting('a', { revision: 2 }), post('b', { status: 'blocked' }), post('c'));
    expect(approve({ by: 'mo' })).toBe(true);
    comeToWait(waiting('c'));
    const [approval, all] = [{ by: 'mo' }, [{ id: 'a', gate: 'publish', revision: 2 }]];
    expect(pending).toEqual([{ approval, posts: all, heard: 0 }]);
  });

  it('leaves out a post that is to be approved already, and takes it at another gate or revision', () => {
    start(waiting('a'), waiting('b'));
    approve({ by: 'mo' });
    comeToWait(waiting('b', { revision: 2 }));
    comeToWait(waiting('c'));
    approve({ by: 'ana' });
    comeToWait(waiting('a', { gate: 'media' }));
    approve({ by: 'ana', note: 'all' });
    const shown = pending.map((one) => [one.approval.by, ...one.posts.map(({ id }) => id)].join(' '));
    expect(shown).toEqual(['mo a b', 'ana b c', 'ana a']);
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
    /** How many are taken, each of a post that has come to wait. */
    const approve50 = (name: string, words: (index: number) => string): number =>
      Array.from({ length: 50 }, (_, index) => {
        comeToWait(waiting(`${name}${index}`));
        return approve({ by: 'mo', note: words(index) });
      }).filter(Boolean).length;
    expect(approve50('post', () => note)).toBe(50);
    expect(pending.map((one) => one.posts.length)).toEqual([50]);
    expect(approve50('other', (index) => `${index}${note}`)).toBe(4);
    expect(Buffer.byteLength(JSON.stringify(pending))).toBeLessThan(70_000);
  });

  it('is shared out in order, and no post is left out', () => {
    const all = (...ids: string[]) => ({
      approval: { by: 'mo' },
      posts: ids.map((id) => waiting(id)),
      heard: 0,
    });
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
