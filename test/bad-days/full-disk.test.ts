/** Days on which a disk is full. It has room again after seconds here, and after five minutes with COPYDESK_OUTAGE_SECONDS=300. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { smallDisk } from '../full-disk.js';
import { toNano } from '../../contract/money/nano.js';
import { TOKEN, LONGEST_MS, outage, Scene, waiting } from './scene.js';

vi.setConfig({ testTimeout: LONGEST_MS });
let scene: Scene;
afterEach(() => scene.close());

it('a full disk: the picture is paid once, waits for room, and is stored whole', async () => {
  scene = await Scene.open();
  const disk = smallDisk(8, join(scene.data, 'assets'));
  scene.defer(() => disk.remove());
  await scene.startTemporal();
  const worker = await scene.startWorker();
  disk.fill();
  const batchId = await scene.startBatch({ hero_text: 1 });
  const postId = await scene.postWithJobs(batchId, 1);
  await worker.says(/could not be stored: the disk of .*assets is full; free some space there/);
  await outage();
  expect((await readdir(disk.folder)).filter((name) => name.includes(postId))).toEqual([]);
  disk.free();
  await scene.batchUntil(batchId, waiting);
  const post = await scene.postUntil(postId, ({ status }) => status === 'awaiting_approval');
  expect(post.pipeline.find(({ step }) => step === 'hero_image')).toMatchObject({
    state: 'done',
    asset: `${postId}_hero.png`,
  });
  expect(await readdir(disk.folder)).toEqual([`${postId}_hero.png`]);
  expect(await scene.jobs()).toBe(1);
  const billed = (await scene.standIns.ledger()).reduce((sum, { amountNano }) => sum + amountNano, 0);
  const batch = await scene.batchUntil(batchId, waiting);
  expect(toNano(batch.costUsd)).toBe(billed);
});

it("a full disk under all of the all-in-one's data: it says so, does not hang, and goes on when there is room", async () => {
  scene = await Scene.open('embedded');
  const disk = smallDisk(220, scene.data);
  scene.defer(() => disk.remove());
  const { up, url } = await scene.startUp();
  scene.standIns.control.set({ image: { latencyMs: 3_000 } });
  const batchId = await scene.startBatch({ hero_text: 1 });
  const postId = await scene.postWithJobs(batchId, 1);
  disk.fill();
  await up.says(/The archive is away since .* has \d+ MB of room left on its disk; free some space there/);
  await outage();
  expect((await fetch(`${url}/`)).status).toBe(503);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  disk.free();
  await up.says(/The archive is back after \d+ s$/);
  await scene.batchUntil(batchId, waiting);
  expect(await scene.jobs()).toBe(1);
  expect(up.said(/archive is away/)).toHaveLength(1);
  const post = await fetch(`${url}/api/posts/${postId}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(await post.json()).toMatchObject({ status: 'awaiting_approval' });
  expect(await up.end('SIGINT')).toBe(0);
});
