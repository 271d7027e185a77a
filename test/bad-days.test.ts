import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { TOKEN, LONGEST_MS, outage, Scene } from './bad-days/scene.js';
import { readProcesses } from '../workers/temporal/processes.js';
import { smallDisk } from './full-disk.js';
import { freePort } from './ports.js';
import { allGone } from './processes.js';

/**
 * Days on which a part of the system is away. What is away comes back after seconds here, and after five minutes with
 * COPYDESK_OUTAGE_SECONDS=300.
 */
let scene: Scene;
afterEach(() => scene.close(), 60_000);

const waiting = ({ counts }: { counts: Partial<Record<string, number>> }): boolean =>
  counts.awaiting_approval === 1;
const nano = (usd: number): number => Math.round(usd * 1e9);

it(
  'Temporal away: the worker says so once, goes on by itself, and pays for nothing twice',
  async () => {
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
  },
  LONGEST_MS,
);

it(
  'the archive away: worker and desk say so, the desk is back by itself, and every record comes late rather than never',
  async () => {
    scene = await Scene.open();
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
  },
  LONGEST_MS,
);

it(
  'a full disk: the picture is paid once, waits for room, and is stored whole',
  async () => {
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
    expect(nano(batch.costUsd)).toBe(billed);
  },
  LONGEST_MS,
);

it(
  'a worker that is asked to stop in the midst of a clip leaves the job to the next one',
  async () => {
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
  },
  LONGEST_MS,
);

it(
  'started in any order: a worker waits for its archive and for Temporal, and says so',
  async () => {
    scene = await Scene.open();
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
  },
  LONGEST_MS,
);

it(
  'the embedded Temporal server killed: the all-in-one starts it again over its database and stops it in the end',
  async () => {
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
  },
  LONGEST_MS,
);

it(
  "a full disk under all of the all-in-one's data: it says so, does not hang, and goes on when there is room",
  async () => {
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
  },
  LONGEST_MS,
);

it(
  'counts every charge where COPYDESK_METRICS says, and logs a line for each',
  async () => {
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
    expect(total('copydesk_charge_nano_usd')).toBe(
      ledger.reduce((sum, { amountNano }) => sum + amountNano, 0),
    );
    // The log is written a moment later.
    await worker.says(/^info: charge /, { times: ledger.length });
    const lines = worker.said(/^info: charge /);
    expect(lines).toHaveLength(ledger.length);
    expect(lines.some((line) => line.includes('step=hero_image'))).toBe(true);
    expect(page).toMatch(/^temporal_/m);
  },
  LONGEST_MS,
);
