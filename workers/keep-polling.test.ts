import type { Worker } from '@temporalio/worker';
import { expect, it } from 'vitest';
import { keepPolling } from './keep-polling.js';

/** A worker that polls until it is shut down, or fails with what it is given. */
function pollingWorker(failure?: Error): Worker {
  let shutdown: () => void = () => undefined;
  let state = 'RUNNING';
  const ran = new Promise<void>((resolve) => (shutdown = resolve));
  return {
    run: () => (failure ? Promise.reject(failure) : ran),
    getState: () => state,
    shutdown: () => {
      state = 'STOPPED';
      shutdown();
    },
  } as unknown as Worker;
}

it('puts another worker in the place of one that failed, once the server answers', async () => {
  const said: string[] = [];
  let creates = 0;
  let place: () => void = () => undefined;
  const placed = new Promise<void>((resolve) => (place = resolve));
  const second = pollingWorker();
  const create = (): Promise<Worker> => {
    creates += 1;
    if (creates === 1) return Promise.reject(new Error('connection refused'));
    place();
    return Promise.resolve(second);
  };
  const failing = pollingWorker(new Error('Namespace default is not found.\nmore'));
  const kept = keepPolling(failing, { create, say: (line) => said.push(line) });
  await placed;
  await kept.stop();
  expect(creates).toBe(2);
  expect(second.getState()).toBe('STOPPED');
  expect(said).toEqual(['The worker failed (Namespace default is not found.); another takes its place']);
});

it('gives up with the reason when they fail one after another', async () => {
  const bad = (): Worker => pollingWorker(new Error('out of memory'));
  const said: string[] = [];
  const kept = keepPolling(bad(), {
    create: () => Promise.resolve(bad()),
    say: (line) => said.push(line),
  });
  await expect(kept.failed).rejects.toThrow('out of memory');
  expect(said).toHaveLength(5);
});
