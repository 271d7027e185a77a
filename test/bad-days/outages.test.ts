/**
 * Days on which a server is away. What is away comes back after seconds here, and after five minutes with
 * COPYDESK_OUTAGE_SECONDS=300.
 */
import { afterEach, expect, it, vi } from 'vitest';
import { TOKEN, LONGEST_MS, outage, Scene, waiting } from './scene.js';

vi.setConfig({ testTimeout: LONGEST_MS });
let scene: Scene;
afterEach(() => scene.close());

it('Temporal away: the worker says so once, goes on by itself, and pays for nothing twice', async () => {
  scene = await Scene.open();
  await scene.startTemporal();
  const worker = await scene.startWorker();
  scene.standIns.control.set({ video: { latencyMs: 3_000 } });
  const batchId = await scene.startBatch({ video: 1 });
  await scene.postWithJobs(batchId, 2);
  await scene.killTemporal();
  await worker.says(/Temporal .* is away since/);
  await outage();
  await scene.startTemporal();
  await worker.says(/Temporal .* is back after \d+ s$/);
  await scene.batchUntil(batchId, waiting);
  expect(worker.isRunning).toBe(true);
  expect(worker.said(/is away since/)).toEqual([
    expect.stringContaining(`Temporal ${scene.temporalAddress} is away since `),
  ]);
  expect(worker.said(/is back after/)).toHaveLength(1);
  expect(worker.said(/gRPC call/)).toEqual([]);
  expect(await scene.jobs(), 'a frame and a clip').toBe(2);
  expect(await worker.end()).toBe(0);
});

it('the archive away: worker and desk say so, the desk is back by itself, and every record comes late rather than never', async () => {
  scene = await Scene.open('own-postgres');
  await scene.startTemporal();
  const worker = await scene.startWorker();
  const { desk, url } = await scene.startDesk();
  const before = await scene.startBatch({ hero_text: 1 });
  const [post] = (await scene.batchUntil(before, waiting)).posts;
  scene.standIns.control.set({ openai: { latencyMs: 1_000 } });
  const atWork = await scene.startBatch({ hero_text: 1 });
  await scene.batchUntil(atWork, ({ posts }) => posts.length === 1);
  await scene.postgres.kill();
  const during = await scene.startBatch({ hero_text: 1 });
  const page = await fetch(`${url}/`);
  expect(page.status).toBe(503);
  const shown = await page.text();
  expect(shown).toContain('The desk&#39;s archive is away just now; try again in a minute.');
  expect(shown).not.toMatch(/postgres|ECONN|\.js:\d/);
  const api = await fetch(`${url}/api/batches`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(api.status).toBe(503);
  expect(await api.json()).toEqual({
    error: { message: expect.stringContaining('archive is away') as string },
  });
  await scene.signal(String(post?.id), 'reject', { by: 'mo', reason: 'off topic' });
  await worker.says(/The archive is away since .*postgres/);
  await outage();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  await scene.postgres.restart();
  await worker.says(/The archive is back after \d+ s$/);
  await desk.says(/The archive is back after \d+ s$/);
  await scene.eventually(
    async () => {
      const answer = await fetch(`${url}/api/batches/${before}`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      return (await answer.json()) as { status?: string; posts?: { status: string }[] };
    },
    (batch) => batch.status === 'done' && batch.posts?.[0]?.status === 'rejected',
  );
  expect(worker.said(/archive is away/)).toHaveLength(1);
  expect(desk.said(/archive is away/)).toHaveLength(1);
  expect(worker.said(/^(warn|error): /), 'one line for all tries').toEqual([]);
  expect(desk.words).not.toMatch(/^\s+at /m);
  expect([worker.isRunning, desk.isRunning]).toEqual([true, true]);
  await scene.batchUntil(atWork, waiting);
  await scene.batchUntil(during, waiting);
  expect(await scene.jobs(), 'one for each post').toBe(3);
});

it('started in any order: a worker waits for its archive and for Temporal, and says so', async () => {
  scene = await Scene.open('own-postgres');
  await scene.postgres.kill();
  const worker = scene.program('workers/worker.js');
  await worker.says(/^archive postgres:.* can't be reached: .*; waiting up to 60 s for it$/);
  await scene.postgres.restart();
  await worker.says(/^no Temporal server at .*; waiting up to 60 s for it$/);
  await scene.startTemporal();
  await worker.says(/^worker: polling/);
  expect(worker.said(/waiting up to/)).toHaveLength(2);
  await scene.killTemporal();
  await worker.says(/Temporal .* is away since/);
  expect(await worker.end(), 'stops in order all the same').toBe(0);
});
