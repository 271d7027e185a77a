import { expect, it } from 'vitest';
import { beginEnding, nextToCancel } from './ending.js';
import { sample } from './testing/sample.js';

it('an ending cancels what has not ended, in pages, each post once; nothing more is started', () => {
  const run = sample.batch({ hero_text: 2_000 });
  for (let index = 0; index < 2_000; index += 1)
    run.posts.push(
      sample.post(`post${index}`, { status: index % 4 === 0 ? 'published' : 'awaiting_approval' }),
    );
  run.queue.push({ id: 'queued' } as never);
  beginEnding(run, 1_000);
  expect(run).toMatchObject({ status: 'cancelled', queue: [], ending: { until: 901_000 } });

  const first = nextToCancel(run);
  // The next run is given the rest, and begins no second ending.
  beginEnding(run, 5_000);
  expect(run.ending?.until).toBe(901_000);
  const pages = [first];
  for (let page = nextToCancel(run); page.length > 0; page = nextToCancel(run)) pages.push(page);
  expect(pages.map((page) => page.length)).toEqual(Array.from({ length: 15 }, () => 100));
  expect(new Set(pages.flat()).size).toBe(1_500);
});
