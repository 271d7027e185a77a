import { expect, it } from 'vitest';
import { sampleBatchPost } from '../testing/samples.js';
import { postsShown, readWindow, windowSearch } from './batch-view.js';

const all = Array.from({ length: 250 }, (_, index) =>
  sampleBatchPost(`Post${index}`, { status: index % 2 ? 'blocked' : 'published' }),
);

it('shows a hundred, the blocked ones first, with the ones beside', () => {
  const { posts, before, after } = postsShown(all, readWindow(undefined, '100'));
  expect([posts[0]?.id, posts[24]?.id, posts[25]?.id, posts.length]).toEqual([
    'Post201',
    'Post249',
    'Post0',
    100,
  ]);
  expect({ before, after }).toEqual({ before: { state: null, from: 0 }, after: { state: null, from: 200 } });
});

it('shows the last ones there are where posts have left their state meanwhile', () => {
  const few = all.filter(({ status }) => status === 'published').slice(0, 90);
  expect(postsShown(few, readWindow(undefined, '100'))).toEqual({ posts: few, before: null, after: null });
  expect(postsShown([], readWindow('blocked', '100'))).toEqual({ posts: [], before: null, after: null });
});

it('shows one state only, and leaves out what an address names wrongly', () => {
  const { posts, before, after } = postsShown(all, readWindow('blocked', undefined));
  expect(posts).toHaveLength(100);
  expect(posts.every(({ status }) => status === 'blocked')).toBe(true);
  expect(before).toBeNull();
  expect(windowSearch(after!)).toBe('?status=blocked&from=100');
  const none = readWindow('nothing', '-3');
  expect([none, windowSearch(none)]).toEqual([{ state: null, from: 0 }, '']);
  expect(windowSearch(none, 'now')).toBe('?part=now');
});
