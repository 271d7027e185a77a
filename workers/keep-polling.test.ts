import type { Worker } from '@temporalio/worker';
import { expect, it } from 'vitest';
import { keepPolling, together } from './keep-polling.js';

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
  const kept = keepPolling(failing, { name: 'text', create, say: (line) => said.push(line) });
  await placed;
  await kept.stop();
  expect(creates).toBe(2);
  expect(second.getState()).toBe('STOPPED');
  expect(said).toEqual([
    'The worker of text failed (Namespace default is not found.); another takes its place',
  ]);
});

it('gives up with the reason when they fail one after another', async () => {
  const bad = (): Worker => pollingWorker(new Error('out of memory'));
  const said: string[] = [];
  const kept = keepPolling(bad(), {
    name: 'text',
    create: () => Promise.resolve(bad()),
    say: (line) => said.push(line),
  });
  await expect(kept.failed).rejects.toThrow('out of memory');
  expect(said).toHaveLength(5);
});

it('as several, stops all at once, and none can go on when one can not', async () => {
  const workers = [pollingWorker(), pollingWorker()];
  const create = (): Promise<Worker> => Promise.reject(new Error('away'));
  const kept = together(
    workers.map((worker) => keepPolling(worker, { name: 'text', create, say: () => {} })),
  );
  const both = [kept.stop(), kept.stop()];
  expect(workers.map((worker) => worker.getState())).toEqual(['STOPPED', 'STOPPED']);
  await Promise.all(both);

  const bad = (): Worker => pollingWorker(new Error('out of memory'));
  const broken = together([
    keepPolling(pollingWorker(), { name: 'text', create, say: () => {} }),
    keepPolling(bad(), { name: 'media', create: () => Promise.resolve(bad()), say: () => {} }),
  ]);
  await expect(broken.failed).rejects.toThrow('out of memory');
});
