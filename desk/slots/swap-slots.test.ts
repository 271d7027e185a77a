import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { RefusedError } from '../../client/errors.js';
import type { PostStatus } from '../../contract/status.js';
import { OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { samplePost } from '../testing/samples.js';
import { swapSlots } from './swap-slots.js';

const [ONE, OTHER] = ['HarborPost01', 'HarborPost02'] as const;
const [FIRST, SECOND] = ['2026-07-01T10:15:00.000Z', '2026-07-05T15:30:00.000Z'] as const;

let desk: DeskUnderTest;
let sequence = 0;
beforeAll(async () => {
  desk = await openDesk();
}, OPENING_MS);
beforeEach(async () => {
  desk.workflows.told.length = 0;
  sequence += 1;
  await desk.archive.slots.takeAt({ postId: ONE, account: 'harbor', sequence }, FIRST);
  await desk.archive.slots.takeAt({ postId: OTHER, account: 'harbor', sequence }, SECOND);
});
afterAll(() => desk.close());

const scheduled = (id: string, slot: string | null, change: Partial<PostStatus> = {}): PostStatus =>
  samplePost(id, { status: 'scheduled', slot, publishedAt: null, ...change });
const swap = (one = scheduled(ONE, FIRST), other = scheduled(OTHER, SECOND)) =>
  swapSlots(desk.deps, [one, other], 'ana');
const taken = async () => {
  const range = { account: 'harbor', from: FIRST, until: '2027-01-01T00:00:00Z' };
  return (await desk.archive.slots.list(range)).map(({ at, postId }) => [at, postId]);
};
const told = () =>
  desk.workflows.told.map(({ id, value }) => [id, (value as { publishAt: string }).publishAt]);

it('two posts have the times of each other, in the archive first', async () => {
  await swap();
  expect(told()).toEqual([
    [ONE, SECOND],
    [OTHER, FIRST],
  ]);
  expect(await taken()).toEqual([
    [FIRST, OTHER],
    [SECOND, ONE],
  ]);
});

it('where one of them went out meanwhile, both have their own times again', async () => {
  const answer = desk.workflows.answer;
  desk.workflows.answer = (id, request) => {
    if (id === OTHER) throw new RefusedError(`post ${OTHER}: the post is being published`);
    return answer(id, request);
  };
  await expect(swap()).rejects.toThrow(/being published/);
  desk.workflows.answer = answer;
  expect(told()).toEqual([
    [ONE, SECOND],
    [OTHER, FIRST],
    [ONE, FIRST],
  ]);
  expect(await taken()).toEqual([
    [FIRST, ONE],
    [SECOND, OTHER],
  ]);
});

it.each([
  [scheduled(ONE, null), scheduled(OTHER, SECOND), /has no slot yet/],
  [scheduled(ONE, FIRST, { status: 'published' }), scheduled(OTHER, SECOND), /is published; only scheduled/],
  [scheduled(ONE, FIRST), scheduled(OTHER, SECOND, { account: 'pier' }), /of one account/],
  [scheduled(ONE, FIRST), scheduled(ONE, FIRST), /of one account/],
])('others are refused, and nobody is told', async (one, other, why) => {
  await expect(swap(one, other)).rejects.toThrow(why);
  expect(told()).toEqual([]);
});
