import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Archive } from '../services/archive/archive.js';
import { openArchive } from '../services/archive/open.js';
import { createPublicFetch } from '../services/public-fetch.js';
import { startReceiver, type Receiver } from '../test/webhooks/receiver.js';
import { closedUrl } from './testing/recorder.js';
import { surroundings } from './testing/stage.js';
import { createWebhook } from './webhook.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const folder = mkdtempSync(join(tmpdir(), 'copydesk-webhook-'));
let archive: Archive;
let receiver: Receiver;
beforeAll(async () => {
  archive = await openArchive({ databaseUrl: null, folder });
  await archive.migrate();
  receiver = await startReceiver(SECRET);
}, 120_000);
afterEach(() => {
  receiver.answer = () => 204;
});
afterAll(async () => {
  await receiver.close();
  await archive.close();
  rmSync(folder, { recursive: true, force: true });
});

let numbers = 0;

/** A delivery to an address, and a try of it. */
async function delivery(
  url = receiver.url,
  env: Record<string, string> = { DESK_SECRET: SECRET },
  allowPrivate = true,
) {
  const id = `msg_${String((numbers += 1)).padStart(24, '0')}`;
  await archive.deliveries.add({
    ...{ id, url, account: 'ash', secretVariable: 'DESK_SECRET', type: 'post.blocked' },
    ...{ postId: 'UpkTZ26nc9Eb', batchId: 'Zr4hK8vYp1Nc', at: '2026-11-24T10:00:00.000Z' },
    body: '{"type":"post.blocked","timestamp":"2026-11-24T10:00:00.000Z","data":{}}',
  });
  const services = { archive, publicFetch: createPublicFetch({ allowPrivate }), now: () => new Date() };
  const { deliver, giveUpDelivery } = createWebhook(services, env);
  return {
    id,
    attempt: (attempt = 1) => surroundings({ attempt }).run(deliver, { id }),
    giveUp: () => giveUpDelivery({ id }),
    log: () => archive.deliveries.find(id),
  };
}

describe('a delivery', () => {
  it('is signed so that the package of Standard Webhooks takes it, under its own id, and the log says so', async () => {
    const { id, attempt, log } = await delivery();
    await attempt();
    expect(receiver.taken.at(-1)).toMatchObject({ id, event: { type: 'post.blocked' } });
    expect(await log()).toMatchObject({
      ...{ status: 'delivered', tries: 1, lastStatusCode: 204, lastError: null, nextTryAt: null },
    });
  });

  it.each([302, 307, 400, 404, 410, 429, 500, 503])(
    'that is answered %d is tried again after a growing pause, with the same id and words',
    async (status) => {
      const { id, attempt, log } = await delivery();
      receiver.answer = () => status;
      for (const [tries, pause] of [
        [1, 5_000],
        [2, 10_000],
        [12, 3_600_000],
      ] as const) {
        await expect(attempt(tries)).rejects.toMatchObject({
          ...{ type: 'Webhook.NotTaken', nonRetryable: false, nextRetryDelay: pause },
          message: `the webhook at ${new URL(receiver.url).host}: it answered ${status}`,
        });
      }
      expect(receiver.asked.slice(-3)).toEqual([id, id, id]);
      const { nextTryAt, ...told } = (await log())!;
      expect(told).toMatchObject({
        status: 'pending',
        tries: 3,
        lastStatusCode: status,
        lastError: `it answered ${status}`,
      });
      expect(Date.parse(nextTryAt ?? '') - Date.now()).toBeGreaterThan(3_590_000);
    },
  );

  it('to a receiver that is not there, or breaks off, is tried again', async () => {
    const away = await delivery(await closedUrl());
    await expect(away.attempt()).rejects.toMatchObject({ type: 'Webhook.NotTaken', nonRetryable: false });
    expect(await away.log()).toMatchObject({
      status: 'pending',
      lastStatusCode: null,
      lastError: 'ECONNREFUSED',
    });
    const cut = await delivery();
    receiver.answer = () => null;
    await expect(cut.attempt()).rejects.toMatchObject({ type: 'Webhook.NotTaken' });
    expect((await cut.log())?.lastError).not.toBeNull();
  });

  it('that is not tried any more has failed, and its last reason stays', async () => {
    const { attempt, giveUp, log } = await delivery();
    receiver.answer = () => 500;
    await expect(attempt()).rejects.toThrow();
    await giveUp();
    expect(await log()).toMatchObject({ status: 'failed', lastError: 'it answered 500', nextTryAt: null });
  });

  it.each([
    [{}, 'DESK_SECRET is not set for this worker'],
    [
      { DESK_SECRET: 'not base64!' },
      'DESK_SECRET is no secret of Standard Webhooks, which is whsec_ and base64',
    ],
  ])('without a secret that signs says so on the log, and sends nothing: %j', async (env, lastError) => {
    const { id, attempt, log } = await delivery(undefined, env);
    await expect(attempt()).rejects.toMatchObject({ type: 'Webhook.NotTaken', nonRetryable: false });
    expect(await log()).toMatchObject({ status: 'pending', lastError });
    expect(receiver.asked).not.toContain(id);
  });

  it('to an address that is not public is refused for good, unless that is allowed', async () => {
    const { id, attempt, log } = await delivery(undefined, undefined, false);
    await expect(attempt()).rejects.toMatchObject({ type: 'Webhook.Refused', nonRetryable: true });
    expect(await log()).toMatchObject({
      status: 'failed',
      lastError: expect.stringContaining('COPYDESK_ALLOW_PRIVATE=1'),
    });
    expect(receiver.asked).not.toContain(id);
  });

  it('that nobody knows is none', async () => {
    const services = {
      archive,
      publicFetch: createPublicFetch({ allowPrivate: true }),
      now: () => new Date(),
    };
    const { deliver } = createWebhook(services, {});
    await expect(surroundings().run(deliver, { id: 'msg_none' })).rejects.toMatchObject({
      type: 'Webhook.Unknown',
    });
  });
});
