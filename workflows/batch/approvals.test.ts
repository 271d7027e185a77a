import { describe, expect, it } from 'vitest';
import { addApproval, takeShare } from './approvals.js';
import type { KnownPost } from './known-post.js';
import type { BatchRun } from './run.js';
import { sample } from './testing/sample.js';

const waiting = (id: string, revision = 1) =>
  sample.post(id, { status: 'awaiting_approval', gate: 'publish', revision });

const batch = (...posts: KnownPost[]): BatchRun => {
  const run = sample.batch();
  run.posts.push(...posts);
  return run;
};
const comeToWait = (run: BatchRun, post: KnownPost): void => {
  const index = run.posts.findIndex(({ id }) => id === post.id);
  run.posts[index < 0 ? run.posts.length : index] = post;
  run.heard += 1;
};

describe('addApproval', () => {
  it('is for the posts that wait now, as they stand', () => {
    const run = batch(waiting('a', 2), sample.post('b', { status: 'blocked' }), sample.post('c'));
    expect(addApproval(run, { by: 'mo' })).toBe(true);
    comeToWait(run, waiting('c'));
    expect(run.approvals).toEqual([
      { approval: { by: 'mo' }, posts: [{ id: 'a', gate: 'publish', revision: 2 }], heard: 0 },
    ]);
  });

  it('leaves out a post that is to be approved already, and takes it at another gate or revision', () => {
    const run = batch(waiting('a'), waiting('b'));
    addApproval(run, { by: 'mo' });
    comeToWait(run, waiting('b', 2));
    comeToWait(run, waiting('c'));
    addApproval(run, { by: 'ana' });
    comeToWait(run, { ...waiting('a'), gate: 'media' });
    addApproval(run, { by: 'ana', note: 'all' });
    expect(run.approvals.map(({ approval, posts }) => [approval.by, posts.map(({ id }) => id)])).toEqual([
      ['mo', ['a', 'b']],
      ['ana', ['b', 'c']],
      ['ana', ['a']],
    ]);
  });

  it('stays small, and quick, under a flood of approvals of 2,000 posts', () => {
    const run = batch(...Array.from({ length: 2_000 }, (_, index) => waiting(`post${index}`)));
    for (let count = 0; count < 1_000; count += 1)
      addApproval(run, { by: 'mo', note: `${count} ${'n'.repeat(3_900)}` });
    expect(run.approvals).toHaveLength(1);
    expect(JSON.stringify(run.approvals).length).toBeLessThan(130_000);
  });

  it('says the same words once, and takes no more words than can be carried over', () => {
    const run = batch();
    const note = '猫'.repeat(4_000);
    const approve = (id: string, words: string): boolean => {
      comeToWait(run, waiting(id));
      return addApproval(run, { by: 'mo', note: words });
    };
    for (let index = 0; index < 50; index += 1) expect(approve(`post${index}`, note)).toBe(true);
    expect(run.approvals).toHaveLength(1);
    expect(run.approvals[0]?.posts).toHaveLength(50);
    const others = Array.from({ length: 50 }, (_, index) => approve(`other${index}`, `${index}${note}`));
    expect(others.filter(Boolean)).toHaveLength(4);
    expect(Buffer.byteLength(JSON.stringify(run.approvals))).toBeLessThan(70_000);
  });
});

describe('takeShare', () => {
  const all = (...ids: string[]) => ({
    approval: { by: 'mo' },
    posts: ids.map((id) => ({ id, gate: 'publish', revision: 1 }) as const),
    heard: 0,
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
