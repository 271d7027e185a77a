import { EventEmitter, once } from 'node:events';
import type { Worker } from '@temporalio/worker';
import { expect, it } from 'vitest';
import { keepPolling, together } from './keep-polling.js';
import { Restarts } from './restarts.js';

/** A worker that polls until it is shut down, or fails with what it is given. */
function pollingWorker(failure?: Error): Worker {
  const shutdown = new EventEmitter();
  const ran = once(shutdown, 'asked');
  let state = 'RUNNING';
  return {
    run: () => (failure ? Promise.reject(failure) : ran),
    getState: () => state,
    shutdown: () => {
      state = 'STOPPED';
      shutdown.emit('asked');
    },
  } as unknown as Worker;
}
const failing = (): Worker => pollingWorker(new Error('out of memory'));
function keep(first: Worker, create: () => Promise<Worker>) {
  const said: string[] = [];
  return { said, ...keepPolling(first, { name: 'text', create, say: (line) => said.push(line) }) };
}

it('puts another worker in the place of one that failed, once the server answers', async () => {
  const second = pollingWorker();
  let creates = 0;
  const create = async (): Promise<Worker> => {
    creates += 1;
    if (creates === 1) throw new Error('connection refused');
    return second;
  };
  const kept = keep(pollingWorker(new Error('Namespace default is not found.\nmore')), create);
  await expect.poll(() => creates).toBe(2);
  await kept.stop();
  expect(second.getState()).toBe('STOPPED');
  const line = 'The worker of text failed (Namespace default is not found.); another takes its place';
  expect(kept.said).toEqual([line]);
});

it('gives up with the reason when they fail one after another', async () => {
  const kept = keep(failing(), async () => failing());
  await expect(kept.failed).rejects.toThrow('out of memory');
  expect(kept.said).toHaveLength(5);
});

it('as several, stops all at once, and none can go on when one can not', async () => {
  const away = (): Promise<Worker> => Promise.reject(new Error('away'));
  const workers = [pollingWorker(), pollingWorker()];
  const kept = together(workers.map((worker) => keep(worker, away)));
  const both = [kept.stop(), kept.stop()];
  expect(workers.map((worker) => worker.getState())).toEqual(['STOPPED', 'STOPPED']);
  await Promise.all(both);
  const broken = together([keep(pollingWorker(), away), keep(failing(), async () => failing())]);
  await expect(broken.failed).rejects.toThrow('out of memory');
});

it('five restarts are allowed in ten minutes, and more as the time goes on', () => {
  let minute = 0;
  const restarts = new Restarts(() => minute * 60_000);
  const allowed = [0, 1, 2, 3, 4, 5, 9, 10, 10].map((at) => {
    minute = at;
    return restarts.allow();
  });
  expect(allowed).toEqual([true, true, true, true, true, false, false, true, false]);
});
