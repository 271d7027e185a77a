import { describe, expect, it } from 'vitest';
import { batchPost, batchStatus } from '../command/testing/status.js';
import type { PostState } from '../contract/states.js';
import { isSettled } from './settled.js';

const posts = (...states: PostState[]) => states.map((status) => batchPost({ status }));

describe('isSettled', () => {
  it.each<[settled: boolean, what: string, status: ReturnType<typeof batchStatus>]>([
    [
      true,
      'every post waits, is final or blocked',
      batchStatus(posts('awaiting_approval', 'published', 'blocked', 'scheduled')),
    ],
    [false, 'one is at work', batchStatus(posts('awaiting_approval', 'filming'))],
    [false, 'planning', batchStatus([], { status: 'planning' })],
    [false, 'a page is still to plan', batchStatus(posts('awaiting_approval'), { mix: { hero_text: 2 } })],
    [true, 'the plan is blocked', batchStatus([], { status: 'blocked', mix: { hero_text: 2 } })],
    [
      false,
      'one is blocked and another at work',
      batchStatus(posts('blocked', 'drafting'), { status: 'blocked' }),
    ],
    [true, 'cancelled', batchStatus(posts('drafting'), { status: 'cancelled' })],
    [true, 'done', batchStatus(posts('published'), { status: 'done' })],
  ])('%s: %s', (settled, _, status) => expect(isSettled(status)).toBe(settled));
});
