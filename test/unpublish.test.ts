/** A published post is taken back: by the library, over a served desk, whatever its targets and workers do meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Copydesk } from '../client/copydesk.js';
import { RefusedError, UnknownIdError } from '../client/errors.js';
import { inProcess } from '../command/testing/in-process.js';
import { readSettings } from '../config/settings.js';
import { QUEUES } from '../contract/task-queues.js';
import { UNPUBLISH_WORKFLOW, unpublishWorkflowId } from '../contract/unpublish.js';
import type { Served } from '../desk/serve.js';
import { ChangeRefused } from '../services/publishers/publisher.js';
import { paper } from '../services/publishers/testing/paper.js';
import { accountWith } from './batch-input.js';
import { serveDeskOver } from './desk-over.js';
import { startHarness, type Harness } from './harness.js';
import { targetsNamed } from '../contract/targets/testing/named.js';

const TOKEN = 'a-token-for-the-tests-of-it';

/** A target beside the feed that deletes, or doesn't, as a test wants it. */
const social = { asked: 0, answer: (): string => new Date().toISOString() };
const publisher = paper('social', {
  async unpublish() {
    social.asked += 1;
    return social.answer();
  },
});

let harness: Harness;
let served: Served;
let copydesk: Copydesk;
let env: Record<string, string>;
beforeAll(async () => {
  harness = await startHarness({}, { media: 'plain' });
  Object.assign(harness.services.publishers, { social: publisher });
  served = await serveDeskOver(harness, TOKEN);
  env = { ...harness.env, COPYDESK_API: served.url, COPYDESK_TOKEN: TOKEN };
  copydesk = await Copydesk.connect({ settings: readSettings(env), env });
}, 120_000);
afterAll(async () => {
  await copydesk?.close();
  await served?.close();
  await harness?.close();
}, 60_000);

/** A post of the sample account that waits for a person. */
async function waiting(targets: readonly string[]): Promise<string> {
  return (await harness.waitingPost('hero_text', await accountWith({ targets: targetsNamed(...targets) })))
    .id;
}
async function published(...targets: string[]): Promise<string> {
  const id = await waiting(targets);
  await copydesk.posts.review(id, { decision: 'approve', by: 'mo' });
  await harness.postUntil(id, ({ status }) => status === 'published');
  return id;
}
const ended = (id: string): Promise<unknown> =>
  harness.client.workflow.getHandle(unpublishWorkflowId(id)).result();
const page = (id: string): Promise<Response> => fetch(`${served.url}/@ashtalksai/posts/${id}`);

describe('unpublish', () => {
  it('takes the page, the picture and the entry in the feed away, and its record says so', async () => {
    const id = await published('feed');
    await harness.post(id).result();
    expect((await page(id)).status).toBe(200);
    expect(await copydesk.posts.unpublish(id, { by: 'ana', reason: 'a wrong figure' })).toEqual({
      status: 'unpublished',
      keptBy: [],
    });
    expect((await page(id)).status).toBe(410);
    expect((await fetch(`${served.url}/assets/${id}_hero.png`)).status).toBe(410);
    expect(await (await fetch(`${served.url}/@ashtalksai/feed.json`)).text()).not.toContain(id);
    await ended(id);
    const status = await copydesk.posts.status(id);
    // Its batch has ended: by the library, and on its page.
    const { batchId } = status;
    expect(await copydesk.batches.status(batchId)).toMatchObject({
      status: 'done',
      counts: { unpublished: 1 },
      posts: [{ id, status: 'unpublished' }],
    });
    expect(await harness.services.archive.records.findBatch(batchId)).toMatchObject({
      counts: { unpublished: 1 },
    });
    expect(status).toMatchObject({
      status: 'unpublished',
      publications: [{ target: 'feed', removedAt: expect.any(String) as string }],
    });
    expect(status.review.at(-1)).toMatchObject({ decision: 'unpublish', by: 'ana', note: 'a wrong figure' });
    expect(await copydesk.posts.unpublish(id, { by: 'mo' })).toEqual({ status: 'unpublished', keptBy: [] });
    await ended(id);
    expect(await copydesk.posts.status(id)).toEqual(status);
  });

  it('comes right after the publication as well', async () => {
    const id = await published('feed');
    expect(await copydesk.posts.unpublish(id, { by: 'ana' })).toEqual({ status: 'unpublished', keptBy: [] });
    await harness.post(id).result();
    expect(await copydesk.posts.status(id)).toMatchObject({ status: 'unpublished' });
    expect((await page(id)).status).toBe(410);
  });

  it('of one post of a batch that still runs is what the batch itself counts', async () => {
    const batchId = await harness.startBatch({ hero_text: 2 });
    const { posts } = await harness.batchUntil(batchId, ({ counts }) => counts.awaiting_approval === 2);
    const { id } = posts[0]!;
    await copydesk.posts.review(id, { decision: 'approve', by: 'mo' });
    await harness.batchUntil(batchId, ({ counts }) => counts.published === 1);
    await copydesk.posts.unpublish(id, { by: 'ana' });
    const { counts } = await harness.batchUntil(batchId, (now) => now.counts.unpublished === 1);
    expect(counts).toEqual({ awaiting_approval: 1, unpublished: 1 });
  });

  it('is refused for a post that is not out, and for none', async () => {
    const id = await waiting(['feed']);
    const refused = copydesk.posts.unpublish(id, { by: 'ana' });
    await expect(refused).rejects.toThrow(RefusedError);
    await expect(refused).rejects.toThrow(
      `post ${id}: the post is awaiting approval; only a published one can be unpublished`,
    );
    await expect(copydesk.posts.unpublish('NoSuchPost01', { by: 'ana' })).rejects.toThrow(UnknownIdError);
    expect(await harness.postStatus(id)).toMatchObject({ status: 'awaiting_approval' });
  });

  it('of a post that a target keeps takes the page away all the same, and asks that target again when asked', async () => {
    const id = await published('feed', 'social');
    await harness.post(id).result();
    social.answer = () => {
      throw new ChangeRefused('it is pinned');
    };
    await copydesk.posts.unpublish(id, { by: 'ana' });
    await ended(id);
    expect((await page(id)).status).toBe(410);
    const kept = await copydesk.posts.status(id);
    expect(kept.publications).toMatchObject([
      { target: 'feed', removedAt: expect.any(String) as string },
      { target: 'social', removedAt: null },
    ]);
    expect(kept.pipeline.at(-1)?.note).toContain('social keeps it: it is pinned');
    social.answer = () => '2026-11-25T08:00:00.000Z';
    await copydesk.posts.unpublish(id, { by: 'ana' });
    await ended(id);
    const { publications, review } = await copydesk.posts.status(id);
    expect(publications[1]).toMatchObject({ removedAt: '2026-11-25T08:00:00.000Z' });
    expect(review.filter(({ decision }) => decision === 'unpublish')).toHaveLength(1);
  });

  it('goes on where it was when no worker ran for a while, before and amid it', async () => {
    const id = await published('feed', 'social');
    await harness.post(id).result();
    social.asked = 0;
    social.answer = () => {
      throw new Error('no answer');
    };
    await harness.whileAway(() =>
      harness.client.workflow.start(UNPUBLISH_WORKFLOW, {
        workflowId: unpublishWorkflowId(id),
        taskQueue: QUEUES.workflows,
        args: [{ postId: id, by: 'ana', reason: null }],
      }),
    );
    await expect.poll(() => social.asked, { timeout: 20_000 }).toBeGreaterThan(0);
    expect((await page(id)).status).toBe(410);
    await harness.whileAway(async () => {
      social.answer = () => '2026-11-25T09:00:00.000Z';
    });
    await ended(id);
    expect((await copydesk.posts.status(id)).publications).toMatchObject([
      { target: 'feed', removedAt: expect.any(String) as string },
      { target: 'social', removedAt: '2026-11-25T09:00:00.000Z' },
    ]);
  });

  it('is a command, which answers with the state, and with the reason where it is refused', async () => {
    const id = await published('feed');
    await harness.post(id).result();
    const run = (...args: string[]) => inProcess(['post', 'unpublish', ...args], env);
    expect(await run(id, '--reason', 'wrong', '--by', 'ana', '--json')).toEqual({
      ...{ code: 0, stdout: '{"status":"unpublished"}\n', stderr: '' },
    });
    expect(await run(id, '--by', 'ana')).toEqual({ code: 0, stdout: `${id} is unpublished\n`, stderr: '' });
    const kept = await published('feed', 'social');
    await harness.post(kept).result();
    social.answer = () => {
      throw new ChangeRefused('it is pinned');
    };
    expect((await run(kept, '--by', 'ana')).stdout).toBe(
      `${kept} is unpublished, and still at social: npx copydesk post status ${kept} says why\n`,
    );
    const open = await waiting(['feed']);
    const refused = await run(open, '--by', 'ana');
    expect({ ...refused, stderr: refused.stderr.split(';')[0] }).toEqual({
      ...{ code: 1, stdout: '', stderr: `post ${open}: the post is awaiting approval` },
    });
  });
});
