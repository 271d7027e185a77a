/** A worker that is stopped, one that tells of the money it spends, and a server that dies under the all-in-one. */
import { afterEach, expect, it, vi } from 'vitest';
import { readProcesses } from '../../workers/temporal/processes.js';
import { freePort } from '../ports.js';
import { allGone } from '../processes.js';
import { LONGEST_MS, Scene, waiting } from './scene.js';

vi.setConfig({ testTimeout: LONGEST_MS });
let scene: Scene;
afterEach(() => scene.close());

it('a worker that is asked to stop in the midst of a clip leaves the job to the next one', async () => {
  scene = await Scene.open();
  await scene.startTemporal();
  const first = await scene.startWorker();
  scene.standIns.control.set({ video: { latencyMs: 13_000 } });
  const batchId = await scene.startBatch({ video: 1 });
  await scene.postWithJobs(batchId, 2);
  expect(await first.end('SIGTERM')).toBe(0);
  await scene.startWorker();
  const batch = await scene.batchUntil(batchId, waiting);
  expect(batch.posts[0]?.error).toBeNull();
  expect(await scene.jobs(), 'a frame and a clip, neither cancelled nor made twice').toBe(2);
});

it('the embedded Temporal server killed: the all-in-one starts it again over its database and stops it in the end', async () => {
  scene = await Scene.open('embedded');
  const { up } = await scene.startUp();
  scene.standIns.control.set({ video: { latencyMs: 3_000 } });
  const batchId = await scene.startBatch({ video: 1 });
  await scene.postWithJobs(batchId, 2);
  const first = Number(readProcesses(scene.data).temporal?.pid);
  process.kill(first, 'SIGKILL');
  await up.says(/The Temporal server ended unexpectedly; it is started again over the same database/);
  await up.says(/The Temporal server serves .* again/);
  await scene.batchUntil(batchId, waiting);
  const second = Number(readProcesses(scene.data).temporal?.pid);
  expect(second).not.toBe(first);
  expect(await scene.jobs()).toBe(2);
  expect(await up.end('SIGINT')).toBe(0);
  await allGone([second]);
  expect(readProcesses(scene.data)).toEqual({});
});

it('counts every charge where COPYDESK_METRICS says, and logs a line for each', async () => {
  scene = await Scene.open();
  await scene.startTemporal();
  const metrics = `127.0.0.1:${await freePort()}`;
  const worker = await scene.startWorker({ COPYDESK_METRICS: metrics });
  const batchId = await scene.startBatch({ hero_text: 1 });
  await scene.batchUntil(batchId, waiting);
  const page = await (await fetch(`http://${metrics}/metrics`)).text();
  const total = (name: string): number =>
    [...page.matchAll(new RegExp(`^${name}\\{[^}]*\\} (\\d+)$`, 'gm'))].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    );
  const ledger = await scene.standIns.ledger();
  expect(total('copydesk_charges')).toBe(ledger.length);
  expect(total('copydesk_charge_nano_usd')).toBe(ledger.reduce((sum, { amountNano }) => sum + amountNano, 0));
  // The log is written a moment later.
  await worker.says(/^info: charge /, { times: ledger.length });
  const lines = worker.said(/^info: charge /);
  expect(lines).toHaveLength(ledger.length);
  expect(lines.some((line) => line.includes('step=hero_image'))).toBe(true);
  expect(page).toMatch(/^temporal_/m);
});
