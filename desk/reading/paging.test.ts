import { describe, expect, it } from 'vitest';
import type { PublishedPost } from '../../services/archive/records/records.js';
import { BadRequest } from '../safety/bad-request.js';
import { cutPage, readBefore } from './paging.js';
import { sampleAccount, samplePost } from '../testing/samples.js';

const posts = (...times: string[]): PublishedPost[] =>
  times.map((at, index) => {
    const status = samplePost(`Post${String(index).padStart(8, '0')}`);
    return {
      edition: { ...status, postId: status.id, assets: [] },
      publication: { target: 'feed', url: 'http://127.0.0.1/', at, removedAt: null },
      account: sampleAccount(),
      status,
    };
  });
const second = (n: number): string => `2026-05-11T13:18:0${n}.000Z`;

describe('cutPage', () => {
  it('has no next page when everything fits', () => {
    expect(cutPage(posts(second(3), second(2)), 2)).toMatchObject({ posts: { length: 2 }, next: null });
    expect(cutPage([], 2)).toEqual({ posts: [], next: null });
  });
  it('goes on before the last post shown', () => {
    const page = cutPage(posts(second(3), second(2), second(1)), 2);
    expect(page).toMatchObject({ posts: { length: 2 }, next: second(2) });
  });
  it('keeps posts of the very same time together, so that none is lost between pages', () => {
    const page = cutPage(posts(second(3), second(2), second(2), second(1)), 2);
    expect(page).toMatchObject({ posts: { length: 3 }, next: second(2) });
  });
});

describe('readBefore', () => {
  it('tells absent from wrong', () => {
    expect(readBefore(undefined)).toBeNull();
    expect(readBefore(second(1))).toBe(second(1));
    expect(readBefore('2026-05-11T15:18:01+02:00')).toBe(second(1));
    for (const wrong of ['1; drop table', '2026-02-31T00:00:00Z'])
      expect(() => readBefore(wrong)).toThrow(BadRequest);
  });
});
