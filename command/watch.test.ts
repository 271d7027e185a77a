import { expect, it } from 'vitest';
import type { PostState } from '../contract/states.js';
import type { BatchStatus } from '../contract/status.js';
import { NoWorkerError } from '../client/errors.js';
import type { Live } from './output/live.js';
import { batchPost, batchStatus } from './testing/status.js';
import { followBatch } from './watch.js';

const silent: Live = { show: () => {}, warn: () => {}, done: () => {} };

/** A batch of so many posts over a clock of its own; `stateAt` tells what its posts do by the second. */
function scene(count: number, stateAt: (second: number) => PostState) {
  let ms = 0;
  const asked: number[] = [];
  const ids = Array.from({ length: count }, (_, index) => `post${String(index).padStart(8, '0')}`);
  const post = (status: PostState) => ids.map((id) => batchPost({ id, status }));
  const batches = {
    status: async () => {
      asked.push(ms);
      const state = stateAt(ms / 1_000);
      // The batch hears of a post only when that waits or ends.
      return batchStatus(post(state === 'awaiting_approval' ? state : 'drafting'));
    },
    postStates: async () => {
      asked.push(ms);
      return new Map(ids.map((id) => [id, { status: stateAt(ms / 1_000), costUsd: 0.06 }]));
    },
  };
  const clock = { now: () => ms, sleep: async (pause: number) => void (ms += pause) };
  return { batches, clock, asked };
}

const mostInASecond = (asked: readonly number[]): number =>
  Math.max(...asked.map((from) => asked.filter((at) => at >= from && at < from + 1_000).length));

it.each([1, 20, 200])(
  'asks for %i posts twice a second at most, and once where nothing changes',
  async (count) => {
    const { batches, clock, asked } = scene(count, (second) =>
      second < 300 ? 'filming' : 'awaiting_approval',
    );
    await followBatch(batches, 'Zr4hK8vYp1Nc', silent, clock);
    expect(mostInASecond(asked)).toBeLessThanOrEqual(2);
    expect(asked.filter((at) => at >= 60_000 && at < 260_000).length).toBeLessThanOrEqual(200);
    // A person still hears of the end within 2 seconds.
    expect(Math.max(...asked)).toBeLessThanOrEqual(302_000);
  },
);

it('looks each second while something changes', async () => {
  const { batches, clock, asked } = scene(5, (second) =>
    second < 60 ? (second % 2 ? 'filming' : 'illustrating') : 'awaiting_approval',
  );
  await followBatch(batches, 'Zr4hK8vYp1Nc', silent, clock);
  expect(asked).toHaveLength(2 * 61);
  expect(mostInASecond(asked)).toBe(2);
});

it('shows where each post is by itself, and counts that', async () => {
  const { batches, clock } = scene(2, (second) => (second < 1 ? 'illustrating' : 'awaiting_approval'));
  const shown: BatchStatus[] = [];
  const live = { ...silent, show: (status: BatchStatus) => void shown.push(status) };
  const status = await followBatch(batches, 'Zr4hK8vYp1Nc', live, clock);
  expect(shown[0]).toMatchObject({ counts: { illustrating: 2 }, posts: [{ costUsd: 0.06 }, {}] });
  expect(status.counts).toEqual({ awaiting_approval: 2 });
});

it('is not settled while a post shows by itself that it is at work again, nor kept from it by a list that fails', async () => {
  const { batches, clock } = scene(1, () => 'awaiting_approval');
  let looks = 0;
  const postStates = async () => {
    looks += 1;
    if (looks > 3) throw new Error('the list may not be read');
    return new Map([['post00000000', { status: 'publishing' as const, costUsd: 0 }]]);
  };
  await followBatch({ ...batches, postStates }, 'Zr4hK8vYp1Nc', silent, clock);
  expect(looks).toBe(4);
});

it('gives up on an outage of more than a minute, and not before', async () => {
  const { batches, clock } = scene(1, () => 'filming');
  let tries = 0;
  const status = async () => {
    tries += 1;
    throw new NoWorkerError('copydesk', '127.0.0.1:7233');
  };
  await expect(followBatch({ ...batches, status }, 'Zr4hK8vYp1Nc', silent, clock)).rejects.toThrow(
    NoWorkerError,
  );
  expect(tries).toBe(62);
});
