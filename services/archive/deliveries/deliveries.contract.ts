import { describe, expect, test } from 'vitest';
import type { Archive } from '../archive.js';
import { useArchive } from '../testing/use-archive.js';
import type { NewDelivery } from './deliveries.js';

let numbers = 0;
const added = (change: Partial<NewDelivery> = {}): NewDelivery => ({
  id: `msg_${String((numbers += 1)).padStart(24, '0')}`,
  account: 'ash',
  url: 'https://hooks.example/desk?key=1',
  secretVariable: 'DESK_SECRET',
  type: 'post.blocked',
  postId: 'UpkTZ26nc9Eb',
  batchId: 'Zr4hK8vYp1Nc',
  at: '2026-11-24T10:00:00.000Z',
  body: '{"type":"post.blocked"}',
  ...change,
});

/** What every archive promises of the log of webhooks. `open` gives one on an empty database. */
export function deliveriesContract(name: string, open: () => Promise<Archive>): void {
  describe(`the log of deliveries on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    test('has a delivery once, to be sent until it is taken or given up', async () => {
      const delivery = added();
      expect(await archive.deliveries.add(delivery)).toBe(true);
      expect(await archive.deliveries.add({ ...delivery, body: 'another', url: 'https://x.example' })).toBe(
        true,
      );
      const { secretVariable, body, ...told } = delivery;
      expect(await archive.deliveries.find(delivery.id)).toEqual({
        ...told,
        tries: 0,
        status: 'pending',
        lastStatusCode: null,
        lastError: null,
        nextTryAt: null,
      });
      expect(await archive.deliveries.findMessage(delivery.id)).toEqual({
        id: delivery.id,
        url: delivery.url,
        secretVariable,
        body,
        tries: 0,
      });
      const nextTryAt = '2026-11-24T10:00:05.000Z';
      const failed = { lastStatusCode: 503, lastError: 'it answered 503', nextTryAt };
      await archive.deliveries.saveTry(delivery.id, { status: 'pending', ...failed });
      expect(await archive.deliveries.find(delivery.id)).toMatchObject({
        tries: 1,
        status: 'pending',
        ...failed,
      });
      const taken = { status: 'delivered', lastStatusCode: 204, lastError: null, nextTryAt: null } as const;
      await archive.deliveries.saveTry(delivery.id, taken);
      await archive.deliveries.giveUp(delivery.id);
      expect(await archive.deliveries.find(delivery.id)).toMatchObject({ tries: 2, ...taken });
      expect(await archive.deliveries.add(delivery)).toBe(false);
    });

    test('says of one that was given up that it has failed', async () => {
      const delivery = added();
      await archive.deliveries.add(delivery);
      const last = { lastStatusCode: null, lastError: 'ECONNREFUSED', nextTryAt: '2026-11-25T10:00:00.000Z' };
      await archive.deliveries.saveTry(delivery.id, { status: 'pending', ...last });
      await archive.deliveries.giveUp(delivery.id);
      const { lastError } = last;
      expect(await archive.deliveries.find(delivery.id)).toMatchObject({
        status: 'failed',
        lastError,
        nextTryAt: null,
      });
      expect(await archive.deliveries.add(delivery)).toBe(false);
    });

    test('knows nothing of others', async () => {
      expect(await archive.deliveries.find('msg_none')).toBeNull();
      expect(await archive.deliveries.findMessage('msg_none')).toBeNull();
      expect(await archive.deliveries.list({ account: 'nobody', limit: 5 })).toEqual({
        deliveries: [],
        next: null,
      });
    });

    test('lists those of an account, or of all, newest first, in pages', async () => {
      const at = (minute: number): string => `2026-11-25T10:0${minute}:00.000Z`;
      const log = [1, 2, 2, 3].map((minute) => added({ account: 'pages', at: at(minute) }));
      for (const delivery of log) await archive.deliveries.add(delivery);
      await archive.deliveries.add(added({ account: 'other', at: at(4), postId: null, type: 'batch.done' }));
      const ids: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await archive.deliveries.list({ account: 'pages', limit: 3, cursor });
        ids.push(...page.deliveries.map(({ id }) => id));
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(ids).toEqual([log[3], log[2], log[1], log[0]].map((delivery) => delivery?.id));
      const [newest] = (await archive.deliveries.list({ limit: 1 })).deliveries;
      expect(newest).toMatchObject({ account: 'other', type: 'batch.done', postId: null });
    });

    test('forgets what is older than 30 days, but nothing that is pending', async () => {
      const old = [added({ account: 'old' }), added({ account: 'old' })] as const;
      for (const delivery of old) await archive.deliveries.add(delivery);
      await archive.deliveries.saveTry(old[0].id, {
        status: 'delivered',
        lastStatusCode: 200,
        lastError: null,
        nextTryAt: null,
      });
      await archive.deliveries.add(added({ account: 'old', at: '2026-12-24T09:00:00.000Z' }));
      expect(await archive.deliveries.find(old[0].id)).not.toBeNull();
      await archive.deliveries.add(added({ account: 'old', at: '2026-12-24T11:00:00.000Z' }));
      expect(await archive.deliveries.find(old[0].id)).toBeNull();
      expect(await archive.deliveries.find(old[1].id)).not.toBeNull();
    });
  });
}
