import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createPublicFetch } from '../services/public-fetch.js';
import { createRemind, type Reminder } from './remind.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A receiver that answers with a status, and the paths it was asked for. */
async function receiver(status: number, headers: Record<string, string> = {}, body = '') {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    response.writeHead(status, headers).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const remind = (url: string, allowPrivate = true): Promise<void> => {
  const reminder: Reminder = {
    webhook: { url, secretVariable: 'SECRET' },
    post: {
      ...{ id: 'UpkTZ26nc9Eb', account: 'ashtalksai', title: 'A title', gate: 'publish', revision: 1 },
      at: '2026-11-24T10:00:00.000Z',
    },
  };
  const publicFetch = createPublicFetch({ allowPrivate });
  return createRemind({ publicFetch }, { SECRET: 'secret' }).remind(reminder);
};

describe('a reminder', () => {
  it('is sent to a receiver in this network where that is allowed', async () => {
    const { url, asked } = await receiver(204);
    await remind(`${url}/hook?room=1`);
    expect(asked).toEqual(['POST /hook?room=1']);
  });

  it('is not sent to one in this network otherwise, and not tried again', async () => {
    const { url, asked } = await receiver(204);
    const host = new URL(url).host;
    await expect(remind(`${url}/T00/secret`, false)).rejects.toMatchObject({
      type: 'Webhook.Refused',
      nonRetryable: true,
      message: `the webhook at ${host}: ${url} is not https; COPYDESK_ALLOW_PRIVATE=1 allows it`,
    });
    await expect(remind(`https://${host}/T00/secret`, false)).rejects.toMatchObject({
      type: 'Webhook.Refused',
      nonRetryable: true,
      message: `the webhook at ${host}: 127.0.0.1 is not a public address; COPYDESK_ALLOW_PRIVATE=1 allows it`,
    });
    expect(asked).toEqual([]);
  });

  it.each([
    [302, true],
    [307, true],
    [404, true],
    [408, false],
    [429, false],
    [500, false],
  ])(
    'that is answered %d is refused (for good: %s), and its address is told without its path',
    async (status, nonRetryable) => {
      const { url, asked } = await receiver(status, { location: '/elsewhere' });
      await expect(remind(`${url}/T00/secret`)).rejects.toMatchObject({
        ...{ type: 'Webhook.Refused', nonRetryable },
        message: `the webhook at ${new URL(url).host}: it answered ${status}`,
      });
      expect(asked).toHaveLength(1);
    },
  );

  it('is sent, however long the answer', async () => {
    const { url } = await receiver(200, {}, 'x'.repeat(1_000_000));
    await remind(url);
  });
});
