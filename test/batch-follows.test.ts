/** A batch's own status follows its posts within seconds, though a post at work sends no word of its own. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { cancelSignal } from '../contract/messages.js';
import type { Fault } from '../offline/faults.js';
import { startHarness, type Harness } from './harness.js';

let desk: Harness;
beforeAll(async () => {
  desk = await startHarness({ COPYDESK_ADOPT_SECONDS: '10' }, { media: 'plain' });
}, 60_000);
afterEach(() => {
  desk.standIns.control.clear();
  desk.standIns.control.set({ openai: { latencyMs: 0 }, image: { latencyMs: 0 }, video: { latencyMs: 0 } });
});
afterAll(() => desk?.close(), 60_000);

const HOUR = { latencyMs: 3_600_000 };
const LOST: Fault = { on: 'submit', kind: 'drop-before' };
const BUSY: Fault = { on: 'submit', kind: 'status', status: 429, retryAfter: 60, times: 50 };

it.each([
  ['whose picture takes long', 'hero_text', 'illustrating', 'hero_image', { image: HOUR }, null],
  ['whose clip takes long', 'video', 'filming', 'video', { video: HOUR }, null],
  ['whose submit is looked for', 'hero_text', 'illustrating', 'hero_image', {}, LOST],
  ['that fal has wait', 'hero_text', 'illustrating', 'hero_image', {}, BUSY],
])('of a post %s', async (_what, format, status, step, pace, fault) => {
  desk.standIns.control.set(pace);
  if (fault) desk.standIns.control.fail(fault);
  const batch = await desk.startBatch({ [format]: 1 });
  const { posts } = await desk.batchUntil(batch, (now) => now.posts[0]?.status === status);
  expect(posts).toMatchObject([{ status, step }]);
  const { id } = posts[0]!;
  expect(await desk.postStatus(id)).toMatchObject({ status });
  await desk.post(id).signal(cancelSignal, { by: 'mo' });
  await desk.batchUntil(batch, (now) => now.posts[0]?.status === 'cancelled');
});
