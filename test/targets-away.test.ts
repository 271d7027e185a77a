/** Targets that are away for long, on Temporal's time-skipping server, and a worker that is gone amid an attempt. */
import { Context } from '@temporalio/activity';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createPublish, type PublishTask } from '../activities/publish.js';
import { approveSignal } from '../contract/messages.js';
import type { PostStatus, Publication } from '../contract/status.js';
import { TargetFailure, type Edition } from '../services/publishers/publisher.js';
import { paper } from '../services/publishers/testing/paper.js';
import {
  DAY,
  HOUR,
  openOutside,
  startTimeSkipping,
  type Outside,
  type TimeSkipping,
} from './time-skipping.js';
import { targetsNamed } from '../contract/targets/testing/named.js';

let outside: Outside;
let time: TimeSkipping;
/** Whether the target answers, and what it has taken. */
let isAway: boolean;
let kept: Edition[];
/** The worker of the next attempt is gone once the target has taken it. */
let dies: boolean;

const publication = ({ postId }: Edition): Publication => ({
  ...{ target: 'social', url: `https://social.example/${postId}` },
  ...{ at: '2026-11-24T09:00:00.000Z', removedAt: null },
});
const social = paper('social', {
  repeatable: false,
  publish: (edition) => {
    if (isAway) return Promise.reject(new TargetFailure('later', 'Target.Away', 'connection refused'));
    kept.push(edition);
    return Promise.resolve(publication(edition));
  },
  find: () => Promise.resolve(kept[0] ? publication(kept[0]) : null),
});

beforeAll(async () => {
  outside = await openOutside();
  Object.assign(outside.services.publishers, { social });
}, 120_000);
afterAll(() => outside?.close(), 60_000);
beforeEach(async () => {
  [isAway, kept, dies] = [false, [], false];
  const { publish } = createPublish(outside.services);
  time = await startTimeSkipping(outside.services, {
    publish: async (task: PublishTask) => {
      const answer = await publish(task);
      // As of a process that was killed: no answer ever comes, and no heartbeat.
      if (dies) {
        dies = false;
        await Context.current().cancelled;
      }
      return answer;
    },
  });
}, 120_000);
afterEach(() => time?.close(), 60_000);

async function approved(...targets: string[]): Promise<string> {
  const { posts } = await time.waitingBatch({ hero_text: 1 }, { targets: targetsNamed(...targets) });
  const id = String(posts[0]);
  await time.post(id).signal(approveSignal, { by: 'mo' });
  return id;
}
const statesOf = ({ pipeline }: PostStatus): string[] =>
  pipeline.filter(({ step }) => step === 'publish').map(({ target, state }) => `${target} ${state}`);
const poll = (id: string) => expect.poll(() => time.postStatus(id), { timeout: 60_000 });

it('a target that is away for a day is waited for, while the post is out elsewhere', async () => {
  isAway = true;
  const id = await approved('feed', 'social');
  await poll(id).toMatchObject({ status: 'published' });
  await time.sleep(DAY);
  expect(statesOf(await time.postStatus(id))).toEqual(['feed done', 'social running']);
  isAway = false;
  const back = await time.now();
  // Its batch has ended before it, so that from its end on this server's time stands still.
  await time.post(id).result();
  expect((await time.now()) - back).toBeLessThan(HOUR);
  const end = await time.postStatus(id);
  expect(end).toMatchObject({ status: 'published', error: null });
  expect(statesOf(end)).toEqual(['feed done', 'social done']);
  expect(kept).toHaveLength(1);
}, 180_000);

it('a target that is away for longer than a week waits for a person, for a month', async () => {
  isAway = true;
  const id = await approved('feed', 'social');
  await poll(id).toMatchObject({ status: 'published' });
  await time.sleep(8 * DAY);
  const failed = await time.postStatus(id);
  expect(statesOf(failed)).toEqual(['feed done', 'social failed']);
  expect(failed.error?.message).toMatch(/^social: connection refused \(tried since /);
  await time.post(id).result();
  const end = await time.postStatus(id);
  expect(end).toMatchObject({ status: 'published', error: { type: 'Target.Away' } });
  expect(kept).toEqual([]);
}, 240_000);

it('a worker that is gone amid an attempt leaves an unknown outcome, which is looked for', async () => {
  dies = true;
  const id = await approved('social');
  await time.post(id).result();
  const status = await time.postStatus(id);
  expect(status).toMatchObject({ status: 'published', error: null });
  expect(status.pipeline.at(-1)).toMatchObject({ note: 'an answer was lost; it was found there' });
  expect(kept).toHaveLength(1);
}, 180_000);
