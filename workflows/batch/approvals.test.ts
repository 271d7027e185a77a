import { describe, expect, it } from 'vitest';
import { addApproval, takeShare, type PendingApproval } from './approvals.js';
import { sample } from './testing/sample.js';

const waiting = (id: string, revision = 1) =>
  sample.post(id, { status: 'awaiting_approval', gate: 'publish', revision });

describe('addApproval', () => {
  it('is for the posts that wait now, as they stand', () => {
    const pending: PendingApproval[] = [];
    const posts = [waiting('a', 2), sample.post('b', { status: 'illustrating' })];
    posts.push(sample.post('c', { status: 'blocked' }));
    expect(addApproval(pending, { by: 'mo' }, posts)).toBe(true);
    expect(pending).toEqual([
      { approval: { by: 'mo' }, posts: [{ id: 'a', gate: 'publish', revision: 2 }] },
    ]);
  });

  it('leaves out a post that is to be approved already, and takes it at another gate or revision', () => {
    const pending: PendingApproval[] = [];
    addApproval(pending, { by: 'mo' }, [waiting('a'), waiting('b')]);
    addApproval(pending, { by: 'ana' }, [waiting('a'), waiting('b', 2), waiting('c')]);
    addApproval(pending, { by: 'ana', note: 'all' }, [{ ...waiting('a'), gate: 'media' }]);
    expect(pending.map(({ approval, posts }) => [approval.by, posts.map(({ id }) => id)])).toEqual([
      ['mo', ['a', 'b']],
      ['ana', ['b', 'c']],
      ['ana', ['a']],
    ]);
  });

  it('stays small under a flood of approvals of 2,000 posts', () => {
    const pending: PendingApproval[] = [];
    const posts = Array.from({ length: 2_000 }, (_, index) => waiting(`post${index}`));
    for (let count = 0; count < 1_000; count += 1)
      addApproval(pending, { by: 'mo', note: `${count} ${'n'.repeat(3_900)}` }, posts);
    expect(pending).toHaveLength(1);
    expect(JSON.stringify(pending).length).toBeLessThan(130_000);
  });

  it('says the same words once, and takes no more words than can be carried over', () => {
    const pending: PendingApproval[] = [];
    const note = '猫'.repeat(4_000);
    const taken = Array.from({ length: 50 }, (_, index) =>
      addApproval(pending, { by: 'mo', note }, [waiting(`post${index}`)]),
    );
    expect(taken).not.toContain(false);
    expect(pending).toHaveLength(1);
    expect(pending[0]?.posts).toHaveLength(50);
    const others = Array.from({ length: 50 }, (_, index) =>
      addApproval(pending, { by: 'mo', note: `${index}${note}` }, [waiting(`other${index}`)]),
    );
    expect(others.filter(Boolean)).toHaveLength(4);
    expect(Buffer.byteLength(JSON.stringify(pending))).toBeLessThan(70_000);
  });
});

describe('takeShare', () => {
  const all = (...ids: string[]) => ({
    approval: { by: 'mo' },
    posts: ids.map((id) => ({ id, gate: 'publish', revision: 1 }) as const),
  });

  it('takes an approval in shares, in order, and leaves none out', () => {
    const approvals = [all('a', 'b', 'c'), all(), all('d')];
    const shares = Array.from(
      { length: 5 },
      () => takeShare(approvals, 2)?.posts.map(({ id }) => id) ?? null,
    );
    expect(shares).toEqual([['a', 'b'], ['c'], [], ['d'], null]);
    expect(approvals).toEqual([]);
  });
});
