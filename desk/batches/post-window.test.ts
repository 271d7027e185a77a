import { expect, it } from 'vitest';
import type { PostState } from '../../contract/states.js';
import type { BatchPost } from '../../contract/status.js';
import { postsIn, readWindow, windowSearch } from './post-window.js';

const post = (index: number, status: PostState): BatchPost => ({
  ...{ id: `Post${index}`, title: '', contentFormat: 'hero_text', status, gate: null, revision: 1 },
  ...{ costUsd: 0, step: null, error: null },
});
const all = Array.from({ length: 250 }, (_, index) => post(index, index % 2 ? 'blocked' : 'published'));

it('shows a hundred, with the ones beside', () => {
  const { posts, before, after } = postsIn(all, readWindow(undefined, '100'));
  expect([posts[0]?.id, posts.length]).toEqual(['Post100', 100]);
  expect([before, after]).toEqual([
    { state: null, from: 0 },
    { state: null, from: 200 },
  ]);
});

it('shows the last ones there are where posts have left their state meanwhile', () => {
  const few = all.slice(0, 90);
  expect(postsIn(few, readWindow(undefined, '100'))).toEqual({ posts: few, before: null, after: null });
  expect(postsIn([], readWindow('blocked', '100'))).toEqual({ posts: [], before: null, after: null });
});

it('shows one state only', () => {
  const { posts, before, after } = postsIn(all, readWindow('blocked', undefined));
  expect(posts).toHaveLength(100);
  expect(posts.every(({ status }) => status === 'blocked')).toBe(true);
  expect(before).toBeNull();
  expect(windowSearch(after!)).toBe('?status=blocked&from=100');
});

it('leaves out what an address names wrongly', () => {
  expect(readWindow('nothing', '-3')).toEqual({ state: null, from: 0 });
  expect(windowSearch({ state: null, from: 0 })).toBe('');
  expect(windowSearch({ state: null, from: 0 }, 'now')).toBe('?part=now');
});
