import { describe, expect, it } from 'vitest';
import { POST_STATES } from '../../contract/states.js';
import { hear, endPosts, dropCancelled, nextToCancel } from './apply.js';
import { type KnownPost, allFinal, freePlaces } from './posts.js';
import type { Batch } from './state.js';
import { batchCost } from './status.js';
import { sample } from './testing/sample.js';

const { post: report } = sample;
const withPosts = (...posts: KnownPost[]): Batch => sample.withPosts(sample.batch(), ...posts);

it('free places are those that no post at work has: none that waits, sleeps or has ended; never less than none', () => {
  const { posts } = withPosts(...POST_STATES.map((status, index) => report(`post${index}`, { status })));
  // drafting, illustrating, filming, publishing
  expect([30, 4, 3].map((window) => freePlaces(posts, window))).toEqual([26, 0, 0]);
});

it('all are final once every post has ended', () => {
  const ended = (['published', 'rejected', 'expired', 'failed', 'cancelled'] as const).map((status) =>
    report(status, { status }),
  );
  expect(allFinal(withPosts(...ended).posts)).toBe(true);
  expect(allFinal(withPosts(...ended, report('a', { status: 'blocked' })).posts)).toBe(false);
});

describe('a report', () => {
  it('is what a post says of itself, which keeps its format', () => {
    const said = { status: 'awaiting_approval', gate: 'publish', title: 'Better', cost: 7 } as const;
    const batch = withPosts(report('a'), report('b', { contentFormat: 'video' }));
    const { known, heard } = hear(batch, report('b', said)).posts;
    expect(heard).toBe(1);
    expect(known).toEqual([report('a'), report('b', { ...said, contentFormat: 'video' })]);
  });

  it('of a post that is not its own is not known', () => {
    const batch = withPosts(report('a'));
    expect(hear(batch, report('stranger', { cost: 1_000 }))).toBe(batch);
  });

  it('counts as news each time, and its cost once', () => {
    const once = hear(withPosts(report('a')), report('a', { cost: 60 }));
    const twice = hear(once, report('a', { cost: 90 }));
    expect([twice.posts.heard, batchCost(twice)]).toEqual([2, 90]);
  });

  it('leaves a post that has ended as it ended', () => {
    const batch = withPosts(report('a', { status: 'published' }), report('b', { status: 'failed' }));
    expect(hear(batch, report('a', { status: 'awaiting_approval' }))).toBe(batch);
    // Found missing, and heard of after all.
    const found = hear(batch, report('b', { status: 'published' }));
    expect(found.posts.known[1]).toMatchObject({ status: 'published' });
  });
});

it('an ending cancels what has not ended, in pages, each post once; nothing more is started', () => {
  const posts = Array.from({ length: 2_000 }, (_, index) =>
    sample.waiting(`post${index}`, index % 4 === 0 ? { status: 'published' } : {}),
  );
  const running = sample.withPosts(sample.batch({ hero_text: 2_000 }), ...posts);
  let batch = endPosts({ ...running, plan: { ...running.plan, queue: [{ id: 'queued' } as never] } }, 1_000);
  expect(batch.plan.queue).toEqual([]);
  expect(batch.progress).toMatchObject({ status: 'cancelled', ending: { until: 901_000 } });

  const pages: (readonly string[])[] = [];
  for (let page = nextToCancel(batch); page.length > 0; page = nextToCancel(batch)) {
    pages.push(page);
    // The next run is given the rest, and begins no second ending.
    batch = endPosts(dropCancelled(batch), 5_000);
    expect(batch.progress.ending?.until).toBe(901_000);
  }
  expect(pages.map((page) => page.length)).toEqual(Array.from({ length: 15 }, () => 100));
  expect(new Set(pages.flat()).size).toBe(1_500);
});
