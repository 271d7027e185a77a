import { beforeEach, expect, it } from 'vitest';
import { RefusedError } from '../../client/errors.js';
import type { PostStatus } from '../../contract/status.js';
import type { DeskDeps } from '../deps.js';
import { samplePost } from '../testing/samples.js';
import { swapSlots } from './move.js';

const [ONE, OTHER] = ['HarborPost01', 'HarborPost02'] as const;
const [FIRST, SECOND] = ['2026-07-01T10:15:00.000Z', '2026-07-05T15:30:00.000Z'] as const;

/** What the archive and the posts were told, in order. */
let told: string[];
let gone: string | null;
beforeEach(() => {
  told = [];
  gone = null;
});
const deps = {
  archive: { slots: { swap: async (...ids: string[]) => void told.push(['archive', ...ids].join(' ')) } },
  posts: {
    async review(id: string, { publishAt }: { publishAt: string }) {
      told.push(`${id} ${publishAt}`);
      if (id === gone) throw new RefusedError(`post ${id}: the post is being published`);
    },
  },
} as unknown as DeskDeps;

const scheduled = (id: string, slot: string | null, change: Partial<PostStatus> = {}): PostStatus =>
  samplePost(id, { status: 'scheduled', slot, publishedAt: null, ...change });
const [one, other] = [scheduled(ONE, FIRST), scheduled(OTHER, SECOND)];
const swapped = [`archive ${ONE} ${OTHER}`, `${ONE} ${SECOND}`, `${OTHER} ${FIRST}`];

it('two posts have the times of each other, in the archive first', async () => {
  await swapSlots(deps, [one, other], 'ana');
  expect(told).toEqual(swapped);
});

it('where one of them went out meanwhile, both have their own times again', async () => {
  gone = OTHER;
  await expect(swapSlots(deps, [one, other], 'ana')).rejects.toThrow(/being published/);
  expect(told).toEqual([...swapped, `archive ${ONE} ${OTHER}`, `${ONE} ${FIRST}`]);
});

it.each([
  [scheduled(ONE, null), other, /has no slot yet/],
  [scheduled(ONE, FIRST, { status: 'published' }), other, /is published; only scheduled/],
  [one, scheduled(OTHER, SECOND, { account: 'pier' }), /of one account/],
  [one, one, /of one account/],
])('others are refused, and nobody is told', async (first, second, why) => {
  await expect(swapSlots(deps, [first, second], 'ana')).rejects.toThrow(why);
  expect(told).toEqual([]);
});
