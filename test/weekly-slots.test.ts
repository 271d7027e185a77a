import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createActivities } from '../activities/index.js';
import { type ReviewRequest, rescheduleSignal, reviewUpdate } from '../contract/messages.js';
import { WEEKDAYS, slotMoments, type Missed } from '../contract/slot-moments.js';
import type { Slots } from '../contract/account.js';
import type { PostStatus } from '../contract/status.js';
import {
  DAY,
  HOUR,
  openOutside,
  startTimeSkipping,
  type Outside,
  type TimeSkipping,
} from './time-skipping.js';

const ACCOUNT = 'ashtalksai';
const PATIENCE = { timeout: 20_000 };

/** Half an hour from now: no slot goes by in mid-test. Zones are whole hours apart. */
const MINUTE = String((new Date().getUTCMinutes() + 30) % 60).padStart(2, '0');
/** Each hour, so that no test has long to wait, in the zone of the sample account. */
const slots = (missed: Missed = 'late'): Slots => {
  const times = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:${MINUTE}`);
  return { week: Object.fromEntries(WEEKDAYS.map((day) => [day, times])), missed };
};

let outside: Outside;
let time: TimeSkipping;
beforeAll(async () => {
  outside = await openOutside();
}, 60_000);
afterAll(() => outside?.close());
afterEach(() => time?.close(), 30_000);

/** The slots to come, in order. */
async function coming(count: number): Promise<string[]> {
  const moments = slotMoments(slots(), 'America/New_York', await time.now());
  return Array.from({ length: count }, () => new Date(moments.next().value as number).toISOString());
}
const review = (id: string, request: ReviewRequest) =>
  time.post(id).executeUpdate(reviewUpdate, { args: [request] });
const approve = (id: string, publishAt?: string) =>
  review(id, { decision: 'approve', by: 'ana', ...(publishAt !== undefined && { publishAt }) });
const move = (id: string, publishAt: string) => review(id, { decision: 'reschedule', by: 'mo', publishAt });
const shows = (id: string, status: Partial<PostStatus>) =>
  expect.poll(() => time.postStatus(id), PATIENCE).toMatchObject(status);
/** Which post has which slot, those of the tests before included. */
async function allTaken() {
  const now = await time.now();
  const [from, until] = [new Date(now - 30 * DAY).toISOString(), new Date(now + 30 * DAY).toISOString()];
  return outside.services.archive.slots.list({ account: ACCOUNT, from, until });
}
const taken = async (posts: readonly string[]): Promise<[string, number][]> =>
  (await allTaken())
    .map(({ at, postId }): [string, number] => [at, posts.indexOf(postId)])
    .filter(([, index]) => index >= 0);

it('an approval takes the next free slot; now and a time beat it, and what is moved or decided gives it back', async () => {
  time = await startTimeSkipping(outside.services);
  const { posts } = await time.waitingBatch({ hero_text: 6 }, { slots: slots() });
  const [a = '', b = '', c = '', d = '', e = ''] = posts;
  const [s1 = '', s2 = '', s3 = '', s4 = ''] = await coming(4);
  const between = new Date(Date.parse(s1) + 1_000).toISOString();

  expect(await approve(a)).toEqual({ status: 'scheduled', revision: 1 });
  await shows(a, { status: 'scheduled', slot: s1, gate: null });
  await approve(b, 'next');
  await shows(b, { status: 'scheduled', slot: s2 });
  expect(await approve(c, 'now')).toMatchObject({ status: 'publishing' });
  await shows(c, { status: 'published', slot: null });
  await approve(d, s3);
  await shows(d, { status: 'scheduled', slot: s3 });
  await approve(e, between);
  await shows(e, { status: 'scheduled', slot: between });
  const all = (...rows: [string, number][]) =>
    expect
      .poll(() => taken(posts), PATIENCE)
      .toEqual(rows.toSorted((one, other) => (one[0] < other[0] ? -1 : 1)));
  await all([s1, 0], [between, 4], [s2, 1], [s3, 3]);

  // To the next one that is free, which leaves the first, and that is then the next free one.
  expect(await move(a, 'next')).toMatchObject({ status: 'scheduled' });
  await shows(a, { slot: s4 });
  await move(e, 'next');
  await shows(e, { slot: s1 });
  await all([s1, 4], [s2, 1], [s3, 3], [s4, 0]);
  expect((await time.postStatus(a)).review).toMatchObject([
    { decision: 'approve' },
    { decision: 'reschedule', by: 'mo', note: 'to the next free slot', counted: true },
  ]);

  await review(b, { decision: 'reject', by: 'ana', reason: 'No.' });
  await shows(b, { status: 'rejected', slot: null });
  await review(d, { decision: 'edit', by: 'ana', title: 'Another title' });
  await shows(d, { status: 'awaiting_approval', gate: 'publish', slot: null, revision: 2 });
  await all([s1, 4], [s4, 0]);
  expect(await move(a, 'now')).toMatchObject({ status: 'publishing' });
  await shows(a, { status: 'published', slot: null });
  await all([s1, 4]);
  await approve(d);
  await shows(d, { status: 'scheduled', slot: s2 });

  await expect(move(posts[5]!, 'next')).rejects.toMatchObject({
    cause: { message: 'the post is not scheduled but awaiting_approval' },
  });
  await time.post(posts[5]!).signal(rescheduleSignal, { by: 'mo', publishAt: 'soon' });
  await shows(posts[5]!, {
    review: [
      expect.objectContaining({ counted: false, note: expect.stringMatching(/^dropped: publishAt must/) }),
    ],
  });

  await time.sleep(Date.parse(s1) - (await time.now()) + 60_000);
  await shows(e, { status: 'published', slot: s1 });
  expect(await time.postStatus(d)).toMatchObject({ status: 'scheduled', slot: s2 });
  // A published one stays where it was.
  await all([s1, 4], [s2, 3]);
});

it('a slot that went by while nothing ran is made up for late, by the next free one, or asked about, as the account says', async () => {
  // This server's time stands still while there is no worker; so the slot that a post is given has gone by when it hears of it.
  const asked = new Set<string>();
  const before = createActivities({ ...outside.services, now: () => new Date(0) });
  const { takeSlot } = createActivities(outside.services);
  time = await startTimeSkipping(outside.services, {
    takeSlot(order) {
      if (asked.has(order.postId)) return takeSlot(order);
      asked.add(order.postId);
      return before.takeSlot({ ...order, from: new Date(Date.parse(order.from) - 5 * HOUR).toISOString() });
    },
  });
  const missedPost = async (missed: Missed): Promise<string> => {
    const { posts } = await time.waitingBatch({ hero_text: 2 }, { slots: slots(missed), gates: ['publish'] });
    await approve(posts[0]!);
    return posts[0]!;
  };
  const note = (then: string) => ({
    ...{ decision: 'reschedule', by: 'copydesk', gate: null, counted: true },
    note: expect.stringMatching(`^the slot \\S+ went by while nothing ran; ${then}$`) as unknown as string,
  });
  const late = await missedPost('late');
  await shows(late, { status: 'published', slot: expect.any(String) as unknown as string });

  const others = new Set((await allTaken()).map(({ at }) => at));
  const slot = (await coming(20)).find((at) => !others.has(at))!;
  const next = await missedPost('next');
  await shows(next, { status: 'scheduled', slot });
  expect((await time.postStatus(next)).review.at(-1)).toMatchObject(note('it takes the next free slot'));

  const ask = await missedPost('ask');
  await shows(ask, { status: 'awaiting_approval', gate: 'publish', slot: null, publications: [] });
  expect((await time.postStatus(ask)).review.at(-1)).toMatchObject(note('it is asked for again'));
  // It says that it waits a moment before it gives its slot back.
  await expect
    .poll(() => taken([late, next, ask]), PATIENCE)
    .toEqual([
      [expect.any(String), 0],
      [slot, 1],
    ]);
  await approve(ask, 'now');
  await shows(ask, { status: 'published' });
});
