import { expect, it } from 'vitest';
import type { PublishedPost } from '../../services/archive/records/records.js';
import { cutPage, readBefore } from './queries.js';
import { BadRequest } from '../http/bad-request.js';

const second = (n: number): string => `2026-05-11T13:18:0${n}.000Z`;

it.each([
  ['has no next page when everything fits', [3, 2], 2, null],
  ['has none where there are no posts', [], 0, null],
  ['goes on before the last post shown', [3, 2, 1], 2, second(2)],
  ['keeps posts of the very same time together, so that none is lost', [3, 2, 2, 1], 3, second(2)],
])('a page of two %s', (_what, seconds, length, next) => {
  const posts = seconds.map((n) => ({ publication: { at: second(n) } }) as PublishedPost);
  expect(cutPage(posts, 2)).toEqual({ posts: posts.slice(0, length), next });
});

it('tells a time that is absent from one that is wrong', () => {
  expect(readBefore(undefined)).toBeNull();
  expect(readBefore(second(1))).toBe(second(1));
  expect(readBefore('2026-05-11T15:18:01+02:00')).toBe(second(1));
  for (const wrong of ['1; drop table', '2026-02-31T00:00:00Z'])
    expect(() => readBefore(wrong)).toThrow(BadRequest);
});
