import { expect, it } from 'vitest';
import { orderBatch, resumed } from './batch-orders.js';
import { NoWorkerError, RefusedError, UndeliveredError } from './errors.js';
import { batchPost, batchStatus } from '../command/testing/status.js';
import type { BatchState, PostState } from '../contract/states.js';
import { isSettled } from './wait.js';

/** A batch in a state, with these posts. */
const batch = (status: BatchState, ...states: PostState[]) => {
  const posts = states.map((state) => batchPost({ status: state }));
  return batchStatus(posts, { status });
};

const order = { batchId: 'Zr4hK8vYp1Nc', name: 'pause', send: async () => {}, shows: () => false };
/** A batch that shows one state after the other, the last one for good. */
const showing = (...states: BatchState[]) => {
  const left = states.map((state) => batch(state));
  return { status: async () => (left.length > 1 ? left.shift()! : left[0]!) };
};

it('answers once the status shows the order', async () => {
  const shows = (now: ReturnType<typeof batchStatus>) => now.status === 'paused';
  const shown = await orderBatch(showing('running', 'running', 'paused'), { ...order, shows });
  expect(shown).toMatchObject({ status: 'paused' });
});

it('is refused by a batch that ends meanwhile', async () => {
  const refusal = new RefusedError('batch Zr4hK8vYp1Nc is done; the pause came too late');
  await expect(orderBatch(showing('running', 'done'), order)).rejects.toThrow(refusal);
});

it('tells that an order waits for a worker', async () => {
  const status = () => Promise.reject(new NoWorkerError('copydesk', '127.0.0.1:7233'));
  await expect(orderBatch({ status }, order)).rejects.toThrow(UndeliveredError);
});

it('does not watch what could not be sent', async () => {
  const send = () => Promise.reject(new RefusedError('it is too late to pause'));
  await expect(orderBatch(showing(), { ...order, send, shows: () => true })).rejects.toThrow(/too late/);
});

it.each([
  [batch('paused'), batch('running')],
  [batch('blocked'), batch('running')],
  [batch('running', 'blocked', 'published'), batch('running', 'illustrating', 'published')],
])('what was halted is so no more %#', (halted, going) => {
  const shows = resumed(halted);
  expect([shows(halted), shows(going)]).toEqual([false, true]);
});

it('a resume is refused where nothing is halted, and by one that has ended', () => {
  expect(() => resumed(batch('cancelled', 'blocked'))).toThrow(/too late to resume/);
  const nothing = 'batch Zr4hK8vYp1Nc is running, and nothing in it is paused or blocked';
  expect(() => resumed(batch('running', 'awaiting_approval'))).toThrow(nothing);
});

const mix = { hero_text: 2 };
const waiting = batch('running', 'awaiting_approval');

it.each([
  [true, 'every post waits, is final or blocked', batch('running', 'scheduled', 'published', 'blocked')],
  [true, 'every post waits for a person', waiting],
  [false, 'one is at work', batch('running', 'awaiting_approval', 'filming')],
  [false, 'planning', batch('planning')],
  [false, 'a page is still to plan', { ...waiting, mix }],
  [true, 'the plan is blocked', { ...batch('blocked'), mix }],
  [false, 'one is blocked and another at work', batch('blocked', 'blocked', 'drafting')],
  [true, 'cancelled', batch('cancelled', 'drafting')],
  [true, 'done', batch('done', 'published')],
])('a batch is settled, %s: %s', (settled, _, status) => expect(isSettled(status)).toBe(settled));
