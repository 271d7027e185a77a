import { expect, it } from 'vitest';
import { endPosts, dropCancelled, nextToCancel } from './apply.js';
import { sample } from './testing/sample.js';

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
