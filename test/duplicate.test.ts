/** A post is copied to a new one, which waits for a person and has cost nothing. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Copydesk } from '../client/copydesk.js';
import type { StartedCopy } from '../client/duplicate.js';
import { inProcess } from '../command/testing/in-process.js';
import { readSettings } from '../config/settings.js';
import type { Served } from '../desk/serve.js';
import { accountWith } from './batch-input.js';
import { serveDeskOver } from './desk-over.js';
import { startHarness, type Harness } from './harness.js';

const TOKEN = 'a-token-for-the-tests-of-it';

let harness: Harness;
let copydesk: Copydesk;
let served: Served;
let env: Record<string, string>;
beforeAll(async () => {
  harness = await startHarness({}, { media: 'plain' });
  copydesk = await Copydesk.connect({ settings: readSettings(harness.env), env: harness.env });
  served = await serveDeskOver(harness, TOKEN, { batches: copydesk.batches, posts: copydesk.posts });
  env = { ...harness.env, COPYDESK_API: served.url, COPYDESK_TOKEN: TOKEN };
}, 120_000);
afterAll(async () => {
  await copydesk?.close();
  await served?.close();
  await harness?.close();
}, 60_000);

const waits = (id: string) => harness.postUntil(id, ({ status }) => status === 'awaiting_approval');
const asset = (name: string) => harness.services.assets.read(name);
async function published(contentFormat: string): Promise<string> {
  const { id } = await harness.waitingPost(contentFormat);
  await harness.review(id, { decision: 'approve', by: 'mo' });
  await harness.post(id).result();
  return id;
}

it('of a post that was taken back, for the same account: words, plan and files are there, and it goes out as a post', async () => {
  const id = await published('video');
  await copydesk.posts.unpublish(id, { by: 'mo' });
  const { code, stdout, stderr } = await inProcess(['post', 'duplicate', id, '--json'], env);
  expect([code, stderr]).toEqual([0, '']);
  const { batchId, postId } = JSON.parse(stdout) as StartedCopy;
  const [copy, source] = [await waits(postId), await harness.postStatus(id)];
  const { title, plan, caption, hashtags, altText, offline } = source;
  expect(copy).toMatchObject({
    batchId,
    title,
    plan,
    caption,
    hashtags,
    altText,
    offline,
    costUsd: 0,
    revision: 1,
  });
  const made = copy.pipeline.filter(({ state }) => state === 'done');
  expect(made.map(({ step, note, asset: name }) => [step, note, name])).toEqual([
    ['plan', `copied from ${id}`, null],
    ['draft', `copied from ${id}`, null],
    ['hero_image', `copied from ${id}`, `${postId}_hero.png`],
    ['video', `copied from ${id}`, `${postId}_video.mp4`],
  ]);
  expect(made.map(({ model }) => model).slice(1)).toEqual(
    source.pipeline
      .filter(({ step }) => ['draft', 'hero_image', 'video'].includes(step))
      .map(({ model }) => model),
  );
  expect(await asset(`${postId}_video.mp4`)).toEqual(await asset(`${id}_video.mp4`));
  expect(await harness.batchStatus(batchId)).toMatchObject({ costUsd: 0, mix: { video: 1 } });
  await harness.review(postId, { decision: 'approve', by: 'mo' });
  expect(await harness.postEnd(postId)).toMatchObject({ status: 'published', costUsd: 0 });
});

it('for another account, also one that asks nobody, waits at its gate with its own page', async () => {
  const id = await published('hero_text');
  const duplicate = (of: string, body: object) =>
    fetch(`${served.url}/api/posts/${of}/duplicate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const answer = await duplicate(id, { account: 'crumbandcrust' });
  expect(answer.status).toBe(201);
  const { postId } = (await answer.json()) as StartedCopy;
  expect(await waits(postId)).toMatchObject({ account: 'crumbandcrust', gate: 'publish', costUsd: 0 });
  await harness.review(postId, { decision: 'edit', by: 'mo', title: 'Said for bakers' });
  expect(await harness.waitsAgain(postId, 2)).toMatchObject({ title: 'Said for bakers' });

  const { account } = await accountWith({ review: { gates: [], remindAfter: null, expireAfter: null } });
  const batchId = await harness.startBatch(
    { hero_text: 1 },
    { account, copy: { from: id, to: 'CopyAskNobdy' } },
  );
  expect(await waits('CopyAskNobdy')).toMatchObject({ batchId, gate: 'publish' });

  const refusals = [
    [await duplicate(id, { account: 'nobody' }), 400, 'has no file'],
    [await duplicate('NoSuchPost01', {}), 404, 'No such post'],
  ] as const;
  for (const [refused, status, why] of refusals)
    expect([refused.status, await refused.text()]).toEqual([status, expect.stringContaining(why)]);
  await harness.review(postId, { decision: 'reject', by: 'mo', reason: 'not ours' });
  await harness.post(postId).result();
  const rejected = await duplicate(postId, {});
  expect([rejected.status, await rejected.text()]).toEqual([
    409,
    expect.stringContaining('is rejected; only one that waits, is scheduled or was published can be copied'),
  ]);
});
