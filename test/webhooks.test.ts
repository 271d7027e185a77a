/** What happens to posts and batches reaches a receiver over HTTP, signed, each once, whatever workers and receivers do. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRecord } from '../activities/record.js';
import { Copydesk } from '../client/copydesk.js';
import { readSettings } from '../config/settings.js';
import type { Account, ReviewRules } from '../contract/account.js';
import type { PostStatus } from '../contract/status.js';
import { webhookWorkflowId, type WebhookType } from '../contract/webhooks.js';
import { batchRecord, postRecord } from '../services/archive/sample-records.js';
import { accountWith } from './batch-input.js';
import { startHarness, type Harness } from './harness.js';
import { until } from './until.js';
import { startReceiver, type Heard, type Receiver } from './webhooks/receiver.js';

const VARIABLE = 'TEST_DESK_SECRET';
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let desk: Harness;
let copydesk: Copydesk;
let receiver: Receiver;
beforeAll(async () => {
  vi.stubEnv(VARIABLE, SECRET);
  receiver = await startReceiver(SECRET);
  desk = await startHarness({ COPYDESK_ALLOW_PRIVATE: '1' }, { media: 'plain' });
  const env = { ...desk.env, COPYDESK_API: 'http://127.0.0.1:9' };
  copydesk = await Copydesk.connect({ settings: readSettings(env), env });
}, 120_000);
afterEach(() => {
  receiver.answer = () => 204;
});
afterAll(async () => {
  await copydesk?.close();
  await desk?.close();
  await receiver?.close();
  vi.unstubAllEnvs();
}, 60_000);

async function told(
  review: Partial<ReviewRules> = {},
  events: readonly WebhookType[] | null = null,
): Promise<{ account: Account }> {
  const webhooks = [{ url: receiver.url, secretVariable: VARIABLE, events }];
  return accountWith({ webhooks }, review);
}
const of = (id: string): Heard[] =>
  receiver.taken.filter(({ event: { data } }) => data.post?.['id'] === id || data.batch?.['id'] === id);
const typesOf = (id: string): string[] => of(id).map(({ event }) => event.type);
/** What was taken of a post or batch, once it is all of these, in whatever order they came. */
const heard = (id: string, ...types: WebhookType[]): Promise<Heard[]> =>
  until(
    async () => of(id),
    (all) => types.every((type) => all.some(({ event }) => event.type === type)),
  );
const logOf = async (id: string) =>
  (await desk.services.archive.deliveries.list({ account: 'ashtalksai', limit: 100 })).deliveries.filter(
    ({ postId, batchId, type }) => postId === id || (type === 'batch.done' && batchId === id),
  );

describe('a receiver hears', () => {
  it('of a post that waits, has its time, is published and is taken back, and of its batch that is done', async () => {
    const { id, batchId } = await desk.waitingPost('hero_text', await told());
    const [waits] = await heard(id, 'post.awaiting_approval');
    const post = waits?.event.data.post as unknown as PostStatus;
    expect(post).toMatchObject({ id, status: 'awaiting_approval', revision: 1, account: 'ashtalksai' });
    expect(waits?.event.data.reviewUrl).toMatch(new RegExp(`/desk/posts/${id}$`));
    expect(Number.isNaN(Date.parse(waits?.event.timestamp ?? ''))).toBe(false);
    const { priority } = await desk.client.workflow
      .getHandle(webhookWorkflowId(String(waits?.id)))
      .describe();
    expect(priority?.priorityKey, 'after all else').toBe(5);
    const publishAt = new Date(Date.now() + 3_600_000).toISOString();
    await copydesk.posts.review(id, { decision: 'approve', by: 'mo', publishAt });
    await heard(id, 'post.scheduled');
    await copydesk.posts.review(id, { decision: 'reschedule', by: 'mo', publishAt: 'now' });
    await heard(id, 'post.published');
    await heard(batchId, 'batch.done');
    await desk.post(id).result();
    await copydesk.posts.unpublish(id, { by: 'mo', reason: 'wrong' });
    const all = await heard(id, 'post.unpublished');
    expect(typesOf(id).toSorted()).toEqual([
      'post.awaiting_approval',
      'post.published',
      'post.scheduled',
      'post.unpublished',
    ]);
    expect(new Set(all.map((one) => one.id)).size).toBe(4);
    expect(all.at(-1)?.event.data.post).toMatchObject({ status: 'unpublished' });
    expect(typesOf(batchId)).toEqual(['batch.done']);
    expect(of(batchId)[0]?.event.data.batch).toMatchObject({ id: batchId, status: 'done' });
    // The receiver hears of each a moment before the log does.
    const log = await until(
      async () => [...(await logOf(id)), ...(await logOf(batchId))],
      (all) => all.length >= 5 && all.every(({ status }) => status !== 'pending'),
    );
    expect(log.map(({ status, tries, lastStatusCode }) => [status, tries, lastStatusCode])).toEqual(
      Array.from({ length: 5 }, () => ['delivered', 1, 204]),
    );
  });

  it('of each new revision that waits, of reminders and of the expiry', async () => {
    const { id } = await desk.waitingPost(
      'hero_text',
      await told({ remindAfter: 5_000, expireAfter: 20_000 }),
    );
    await copydesk.posts.review(id, { decision: 'edit', by: 'mo', title: 'My own title' });
    await heard(id, 'post.reminder', 'post.expired');
    const waits = of(id).filter(({ event }) => event.type === 'post.awaiting_approval');
    // Each is sent by itself, so any may come first.
    expect(waits.map(({ event }) => event.data.post?.['revision']).toSorted()).toEqual([1, 2]);
    const reminded = of(id).filter(({ event }) => event.type === 'post.reminder');
    expect(reminded.map(({ event }) => event.data.post)).toContainEqual(
      expect.objectContaining({ gate: 'publish', revision: 2, status: 'awaiting_approval' }),
    );
    const expired = of(id).filter(({ event }) => event.type === 'post.expired');
    expect(expired).toMatchObject([{ event: { data: { post: { status: 'expired' } } } }]);
  });

  it('of a post that is blocked, each time, and of nothing that it did not ask for', async () => {
    const error = { on: 'result', kind: 'completed-error', code: 'content_policy_violation' } as const;
    desk.standIns.control.fail(error);
    const { id } = await desk.blockedPost('hero_text', await told({}, ['post.blocked']));
    await heard(id, 'post.blocked');
    desk.standIns.control.fail(error);
    await copydesk.posts.review(id, { decision: 'resume', by: 'mo' });
    await until(
      async () => of(id),
      (all) => all.length === 2,
    );
    await copydesk.posts.review(id, { decision: 'cancel', by: 'mo' });
    await desk.post(id).result();
    expect(typesOf(id)).toEqual(['post.blocked', 'post.blocked']);
    expect(new Set(of(id).map((one) => one.id)).size).toBe(2);
    expect(of(id)[0]?.event.data.post).toMatchObject({ error: { type: 'Provider.ContentPolicy' } });
  });
});

it('a record that is written again, as after a kill, sends nothing a second time and under no other id', async () => {
  const batch = batchRecord('KilledBatch1', 'killed');
  const webhooks = [{ url: receiver.url, secretVariable: VARIABLE, events: null }];
  const post = postRecord('KilledPost01', batch, { status: 'blocked' });
  const event = { type: 'post.blocked', key: 'after 0 decisions', at: new Date().toISOString() } as const;
  const news = { ...post, batchId: batch.status.id, report: null, webhooks, events: [event] };
  const { recordPost } = createRecord(desk.services);
  const record = () => new MockActivityEnvironment({}, { client: desk.client }).run(recordPost, news);
  await record();
  await heard('KilledPost01', 'post.blocked');
  // The receiver has it a moment before the log says so.
  const listed = () => desk.services.archive.deliveries.list({ account: 'killed', limit: 10 });
  await until(listed, ({ deliveries }) => deliveries[0]?.tries === 1);
  await record();
  await Promise.all([record(), record()]);
  const { deliveries } = await listed();
  expect(deliveries.map(({ id, tries }) => [id, tries])).toEqual([[of('KilledPost01')[0]?.id, 1]]);
  expect(of('KilledPost01')).toHaveLength(1);
});

describe('a delivery that is not taken', () => {
  it('holds nobody up, is tried again under its id, also after the worker was gone, and is sent again when asked', async () => {
    receiver.answer = () => 503;
    const { id } = await desk.waitingPost(
      'hero_text',
      await told({}, ['post.awaiting_approval', 'post.published']),
    );
    await copydesk.posts.review(id, { decision: 'approve', by: 'mo' });
    await desk.postEnd(id);
    const pending = await until(
      () => logOf(id),
      (log) => log.length === 2 && log.every(({ tries }) => tries > 0),
    );
    expect(pending).toMatchObject([
      { status: 'pending', lastStatusCode: 503, lastError: 'it answered 503' },
      { status: 'pending', lastStatusCode: 503 },
    ]);
    await desk.whileAway(async () => {
      receiver.answer = () => 204;
    });
    const all = await heard(id, 'post.awaiting_approval', 'post.published');
    expect(all.map((one) => one.id).toSorted()).toEqual(pending.map((one) => one.id).toSorted());
    const log = await until(
      () => logOf(id),
      (rows) => rows.every(({ status }) => status === 'delivered'),
    );
    const again = log[0]!;
    await desk.client.workflow.getHandle(webhookWorkflowId(again.id)).result();
    await copydesk.deliveries.sendAgain(again.id);
    await until(
      async () => of(id).filter((one) => one.id === again.id),
      (sent) => sent.length === 2,
    );
    const [first, second] = of(id).filter((one) => one.id === again.id);
    expect(second?.body).toBe(first?.body);
    await expect(copydesk.deliveries.sendAgain('msg_other')).rejects.toThrow(/is not the id of a delivery/);
  });

  it('without its secret says so on the log, and is taken once the secret is there', async () => {
    vi.stubEnv(VARIABLE, '');
    const { id } = await desk.waitingPost('hero_text', await told({}, ['post.awaiting_approval']));
    await until(
      () => logOf(id),
      ([row]) => row?.lastError === `${VARIABLE} is not set for this worker`,
    );
    vi.stubEnv(VARIABLE, SECRET);
    await heard(id, 'post.awaiting_approval');
    await copydesk.posts.review(id, { decision: 'reject', by: 'mo', reason: 'enough' });
  });
});
