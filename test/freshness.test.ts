import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadAccount } from '../config/accounts/load.js';
import type { BatchInput } from '../contract/batch.js';
import { samplePosts } from '../offline/openai/sample-posts.js';
import { allWaiting, startHarness, type Harness } from './harness.js';

let desk: Harness;
beforeAll(async () => {
  desk = await startHarness({}, { media: 'plain' });
}, 60_000);
afterAll(() => desk?.close(), 60_000);

/** A person decides before any picture: these tests are about the plan. */
async function planned(count: number, change: Partial<BatchInput> = {}) {
  const account = await loadAccount('accounts', 'ashtalksai');
  const review = { ...account.review, gates: ['media', 'publish'] as const };
  const id = await desk.startBatch({ hero_text: count }, { account: { ...account, review }, ...change });
  const batch = await desk.batchUntil(id, allWaiting(count));
  const posts = await Promise.all(batch.posts.map((post) => desk.postStatus(post.id)));
  return { batch, posts };
}
const repeats = (posts: Awaited<ReturnType<typeof planned>>['posts']): string[] =>
  posts.flatMap(({ title, checks }) => (checks.some(({ rule }) => rule === 'plan.fresh') ? [title] : []));

it('plans what is fresh at once, sends repeats back twice, then leaves them to a person and never blocks', async () => {
  const written = samplePosts('ashtalksai').length;
  const fresh = await planned(written);
  expect(fresh.batch.pipeline).toMatchObject([{ state: 'done', attempts: 1 }]);
  expect(repeats(fresh.posts)).toEqual([]);

  // The hand-written posts are used up: all that the model has left is placeholders, which repeat each other.
  const { batch, posts } = await planned(2);
  const [row] = batch.pipeline;
  expect(row).toMatchObject({ state: 'done', attempts: 3 });
  expect(row?.note).toMatch(
    /try 1: is not fresh: "Sample text .*" repeats "Sample text .*", another post of this batch; try 2: is not fresh: /,
  );
  expect(batch.status).toBe('running');
  expect(repeats(posts)).toHaveLength(1);

  const later = await planned(1);
  const [only] = later.posts;
  expect(only?.checks.find(({ rule }) => rule === 'plan.fresh')?.detail).toMatch(
    /^the plan is like "Sample text .*" \([A-Za-z0-9]{12}\), not out yet: \d+% of its wording$/,
  );

  const wanted = await planned(2, { repeat: 'Half of the readers are new.' });
  expect(wanted.batch).toMatchObject({ repeat: 'Half of the readers are new.', pipeline: [{ attempts: 1 }] });
  expect(wanted.posts[0]).toMatchObject({ repeat: 'Half of the readers are new.' });
  expect(repeats(wanted.posts)).toEqual([]);
}, 120_000);
