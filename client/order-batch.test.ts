import { describe, expect, it } from 'vitest';
import { orderBatch } from './order-batch.js';
import { resumed } from './batch-orders.js';
import { NoWorkerError, RefusedError, UndeliveredError } from './errors.js';
import { batchPost, batchStatus } from '../command/testing/status.js';

/** A batch that shows one status after the other, the last one for good. */
function showing(...statuses: ReturnType<typeof batchStatus>[]) {
  const left = [...statuses];
  return { status: async () => (left.length > 1 ? left.shift()! : left[0]!) };
}
const order = { batchId: 'Zr4hK8vYp1Nc', name: 'pause', send: async () => {} };

describe('orderBatch', () => {
  it('answers once the status shows the order', async () => {
    const batch = showing(batchStatus([]), batchStatus([]), batchStatus([], { status: 'paused' }));
    const shows = (now: ReturnType<typeof batchStatus>) => now.status === 'paused';
    expect(await orderBatch(batch, { ...order, shows })).toMatchObject({ status: 'paused' });
  });

  it('is refused by a batch that ends meanwhile', async () => {
    const batch = showing(batchStatus([]), batchStatus([], { status: 'done' }));
    await expect(orderBatch(batch, { ...order, shows: () => false })).rejects.toThrow(
      new RefusedError('batch Zr4hK8vYp1Nc is done; the pause came too late'),
    );
  });

  it('tells that an order waits for a worker', async () => {
    const status = () => Promise.reject(new NoWorkerError('copydesk', '127.0.0.1:7233'));
    await expect(orderBatch({ status }, { ...order, shows: () => false })).rejects.toThrow(UndeliveredError);
  });

  it('does not watch what could not be sent', async () => {
    const send = () =>
      Promise.reject(new RefusedError('batch Zr4hK8vYp1Nc is done; it is too late to pause'));
    await expect(orderBatch(showing(), { ...order, send, shows: () => true })).rejects.toThrow(/too late/);
  });
});

describe('resumed', () => {
  const blocked = batchPost({ id: 'AAAAAAAAAAAA', status: 'blocked' });

  it.each(['paused', 'blocked'] as const)('a batch that was %s is so no more', (status) => {
    const shows = resumed(batchStatus([], { status }));
    expect(shows(batchStatus([], { status }))).toBe(false);
    expect(shows(batchStatus([], { status: 'running' }))).toBe(true);
  });

  it('of one that runs, a blocked post is so no more', () => {
    const shows = resumed(batchStatus([blocked, batchPost()]));
    expect(shows(batchStatus([blocked, batchPost()]))).toBe(false);
    expect(shows(batchStatus([{ ...blocked, status: 'illustrating' }, batchPost()]))).toBe(true);
  });

  it('is refused where nothing is halted, and by one that has ended', () => {
    expect(() => resumed(batchStatus([blocked], { status: 'cancelled' }))).toThrow(/too late to resume/);
    expect(() => resumed(batchStatus([batchPost()]))).toThrow(
      'batch Zr4hK8vYp1Nc is running, and nothing in it is paused or blocked',
    );
  });
});
