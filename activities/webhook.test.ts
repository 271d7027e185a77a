import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Webhook } from '../contract/account.js';
import type { WebhookEvent } from '../contract/webhooks.js';
import { batchRecord, postRecord } from '../services/archive/sample-records.js';
import { createPublicFetch } from '../services/public-fetch.js';
import { startReceiver, type Receiver } from '../test/webhooks/receiver.js';
import { deliveryOf, postSubject } from './announce.js';
import { closedUrl } from './testing/recorder.js';
import { surroundings } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';
import { createWebhook, RECEIVER_SHARE } from './webhook.js';

describe('what a delivery tells', () => {
  const batch = batchRecord('Zr4hK8vYp1Nc', 'ash');
  const { status } = postRecord('UpkTZ26nc9Eb', batch);
  const subject = postSubject(status, 'https://desk.example');
  const hook: Webhook = { url: 'https://hooks.example', secretVariable: 'DESK_SECRET', events: null };
  const at = '2026-11-24T10:00:00.000Z';
  const event: WebhookEvent = { type: 'post.blocked', key: 'after 1 decisions', at };

  it('is the post, and where to review it', () => {
    const { body, ...delivery } = deliveryOf(subject, event, hook, 0);
    expect(delivery).toEqual({
      id: expect.stringMatching(/^msg_[0-9a-f]{24}$/) as string,
      ...{ account: 'ash', postId: status.id, batchId: 'Zr4hK8vYp1Nc', type: 'post.blocked', at },
      ...{ url: hook.url, secretVariable: 'DESK_SECRET' },
    });
    const data = { post: status, reviewUrl: 'https://desk.example/desk/posts/UpkTZ26nc9Eb' };
    expect(JSON.parse(body)).toEqual({ type: 'post.blocked', timestamp: at, data });
  });

  it('has the same id whenever it is told, and another for another event, receiver or post', () => {
    const idOf = (change: Partial<WebhookEvent>, index = 0, of = subject): string =>
      deliveryOf(of, { ...event, ...change }, hook, index).id;
    const other = { ...subject, post: { ...status, id: 'OtherPost001' } };
    const others = [idOf({ key: '2' }), idOf({ type: 'post.expired' }), idOf({}, 1), idOf({}, 0, other)];
    expect(new Set([idOf({}), ...others]).size).toBe(5);
    expect(idOf({ at: '2026-11-25T10:00:00.000Z' })).toBe(idOf({}));
  });
});

describe('a delivery', () => {
  const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const NOT_TAKEN = { type: 'Webhook.NotTaken', nonRetryable: false };
  const stage = useStage();
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver(SECRET);
  });
  afterEach(() => {
    receiver.answer = () => 204;
  });
  afterAll(() => receiver.close());

  let numbers = 0;
  async function delivery(
    url = receiver.url,
    env: Record<string, string> = { DESK_SECRET: SECRET },
    allowPrivate = true,
    underWay = new Map<string, number>(),
  ) {
    const id = `msg_${String((numbers += 1)).padStart(24, '0')}`;
    const { archive } = stage;
    await archive.deliveries.add({
      ...{ id, url, account: 'ash', secretVariable: 'DESK_SECRET', type: 'post.blocked' },
      ...{ postId: 'UpkTZ26nc9Eb', batchId: 'Zr4hK8vYp1Nc', at: '2026-11-24T10:00:00.000Z' },
      body: '{"type":"post.blocked","timestamp":"2026-11-24T10:00:00.000Z","data":{}}',
    });
    const services = { archive, publicFetch: createPublicFetch({ allowPrivate }), now: () => new Date() };
    const { deliver, giveUpDelivery } = createWebhook(services, env, underWay);
    return {
      id,
      attempt: (attempt = 1, of = id) => surroundings({ attempt }).run(deliver, { id: of }),
      giveUp: () => giveUpDelivery({ id }),
      log: () => archive.deliveries.find(id),
    };
  }

  it('is signed so that the package of Standard Webhooks takes it, under its own id, and the log says so', async () => {
    const { id, attempt, log } = await delivery();
    await attempt();
    expect(receiver.taken.at(-1)).toMatchObject({ id, event: { type: 'post.blocked' } });
    const delivered = { status: 'delivered', tries: 1, lastStatusCode: 204, lastError: null };
    expect(await log()).toMatchObject({ ...delivered, nextTryAt: null });
  });

  it.each([302, 410, 503])('that is answered %d is tried again after a growing pause', async (code) => {
    const { id, attempt, log } = await delivery();
    receiver.answer = () => code;
    const message = `the webhook at ${new URL(receiver.url).host}: it answered ${code}`;
    for (const [tries, nextRetryDelay] of [
      [1, 5_000],
      [2, 10_000],
      // It waited for its turn most of the time, which is no try.
      [12, 20_000],
    ] as const)
      await expect(attempt(tries)).rejects.toMatchObject({ ...NOT_TAKEN, nextRetryDelay, message });
    expect(receiver.asked.slice(-3)).toEqual([id, id, id]);
    const { nextTryAt, ...told } = (await log())!;
    const lastError = `it answered ${code}`;
    expect(told).toMatchObject({ status: 'pending', tries: 3, lastStatusCode: code, lastError });
    expect(Date.parse(nextTryAt ?? '') - Date.now()).toBeGreaterThan(15_000);
  });

  it('to a receiver that is not there, or breaks off, is tried again', async () => {
    const away = await delivery(await closedUrl());
    await expect(away.attempt()).rejects.toMatchObject(NOT_TAKEN);
    const pending = { status: 'pending', lastStatusCode: null };
    expect(await away.log()).toMatchObject({ ...pending, lastError: 'ECONNREFUSED' });
    const cut = await delivery();
    receiver.answer = () => null;
    await expect(cut.attempt()).rejects.toMatchObject(NOT_TAKEN);
    expect(await cut.log()).toMatchObject({ ...pending, lastError: expect.any(String) as string });
  });

  it('that is not tried any more has failed, and its last reason stays', async () => {
    const { attempt, giveUp, log } = await delivery();
    receiver.answer = () => 500;
    await expect(attempt()).rejects.toThrow();
    await giveUp();
    expect(await log()).toMatchObject({ status: 'failed', lastError: 'it answered 500', nextTryAt: null });
  });

  const NO_SECRET = 'DESK_SECRET is no secret of Standard Webhooks, which is whsec_ and base64';
  it.each([
    [{}, 'DESK_SECRET is not set for this worker'],
    [{ DESK_SECRET: 'not base64!' }, NO_SECRET],
  ])('without a secret that signs says so on the log, and sends nothing: %j', async (env, lastError) => {
    const { id, attempt, log } = await delivery(undefined, env);
    await expect(attempt()).rejects.toMatchObject(NOT_TAKEN);
    expect(await log()).toMatchObject({ status: 'pending', lastError });
    expect(receiver.asked).not.toContain(id);
  });

  it('to an address that is not public is refused for good, unless that is allowed', async () => {
    const { id, attempt, log } = await delivery(undefined, undefined, false);
    await expect(attempt()).rejects.toMatchObject({ type: 'Webhook.Refused', nonRetryable: true });
    const lastError = expect.stringContaining('COPYDESK_ALLOW_PRIVATE=1') as string;
    expect(await log()).toMatchObject({ status: 'failed', lastError });
    expect(receiver.asked).not.toContain(id);
  });

  it('to a receiver that has its share of them under way waits for its turn, at no other receiver', async () => {
    const underWay = new Map<string, number>();
    let answerAll = (_code: number): void => undefined;
    const late = new Promise<number>((resolve) => (answerAll = resolve));
    receiver.answer = () => late;
    const slow = await Promise.all(
      Array.from({ length: RECEIVER_SHARE }, () => delivery(undefined, undefined, true, underWay)),
    );
    const before = receiver.asked.length;
    const sent = Promise.all(slow.map(({ attempt }) => attempt()));
    await expect.poll(() => receiver.asked.length).toBe(before + RECEIVER_SHARE);
    const next = await delivery(undefined, undefined, true, underWay);
    const busy = { type: 'Webhook.Busy', nonRetryable: false, nextRetryDelay: 6_000 };
    await expect(next.attempt(3)).rejects.toMatchObject(busy);
    expect(await next.log()).toMatchObject({ status: 'pending', tries: 0 });
    const other = await delivery(`${receiver.url}/other`, undefined, true, underWay);
    const answered = other.attempt();
    await expect.poll(() => receiver.asked).toContain(other.id);
    answerAll(204);
    await Promise.all([sent, answered]);
    await next.attempt(4);
    expect(await next.log()).toMatchObject({ status: 'delivered', tries: 1 });
    expect(underWay.size).toBe(0);
  });

  it('that nobody knows is none', async () => {
    const { attempt } = await delivery();
    await expect(attempt(1, 'msg_none')).rejects.toMatchObject({ type: 'Webhook.Unknown' });
  });
});
