import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startStandIns, type LedgerEntry, type StandIns } from './stand-ins.js';

const FLUX = 'fal-ai/flux-pro/v1.1-ultra';
const AUTH = { authorization: 'Key sample', 'content-type': 'application/json' };

let folder: string;
const opened: StandIns[] = [];
const start = async (more: object = {}): Promise<StandIns> => {
  const standIns = await startStandIns({ folder, ...more });
  opened.push(standIns);
  return standIns;
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stand-ins-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((standIns) => standIns.close()));
  await rm(folder, { recursive: true, force: true });
});

const submit = async (falBaseUrl: string, input: object): Promise<string> => {
  const answer = await fetch(`${falBaseUrl}/queue.fal.run/${FLUX}`, {
    method: 'POST',
    headers: AUTH,
    body: JSON.stringify(input),
  });
  return ((await answer.json()) as { request_id: string }).request_id;
};
const get = (falBaseUrl: string, id: string, more = '') =>
  fetch(`${falBaseUrl}/queue.fal.run/fal-ai/flux-pro/requests/${id}${more}`, { headers: AUTH });

describe('a restart', () => {
  it('finds the accepted jobs, the files and the whole ledger again', async () => {
    const first = await start();
    first.control.set({ image: { latencyMs: 60_000 } });
    const waiting = await submit(first.falBaseUrl, { prompt: 'Waiting' });
    first.control.set({ image: { latencyMs: 0 } });
    const done = await submit(first.falBaseUrl, { prompt: 'Done' });
    await first.close();
    await appendFile(join(folder, 'jobs.jsonl'), '{"type":"accepted","job":{"id":"torn');

    const second = await start();
    expect((await get(second.falBaseUrl, waiting, '/status')).status).toBe(202);
    const { images } = (await (await get(second.falBaseUrl, done)).json()) as { images: { url: string }[] };
    expect(images[0]?.url.startsWith(second.falBaseUrl)).toBe(true);
    const picture = await (await fetch(images[0]?.url ?? '')).arrayBuffer();
    expect((await sharp(Buffer.from(picture)).metadata()).format).toBe('png');
    second.control.set({ image: { latencyMs: 0 } });
    const third = await submit(second.falBaseUrl, { prompt: 'After the torn line' });
    await second.close();

    const last = await start();
    expect((await get(last.falBaseUrl, third, '/status')).status).toBe(200);
    expect((await last.ledger()).map((entry) => entry.requestId)).toEqual([waiting, done, third]);
  });

  it('after SIGKILL too: what was answered is on record', async () => {
    const program = `
      import { startStandIns } from ${JSON.stringify(new URL('./stand-ins.ts', import.meta.url).href)};
      const standIns = await startStandIns({ folder: ${JSON.stringify(folder)} });
      standIns.control.set({ image: { latencyMs: 0 } });
      console.log(standIns.falBaseUrl);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const id = await submit(String(line).trim(), { prompt: 'Kill me' });
    child.kill('SIGKILL');
    await once(child, 'exit');

    const standIns = await start();
    expect((await get(standIns.falBaseUrl, id)).status).toBe(200);
    expect(await standIns.ledger()).toMatchObject([
      { requestId: id, provider: 'fal', amountNano: 60_000_000 },
    ]);
  });
});

describe('control over HTTP', () => {
  it('arms and disarms faults, sets latency and shows the ledger', async () => {
    const { controlUrl, falBaseUrl } = await start();
    const post = (path: string, body: object) =>
      fetch(`${controlUrl}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await post('latency', { image: { latencyMs: 0 } })).status).toBe(200);
    expect((await post('faults', { on: 'status', kind: 'status', status: 503, times: 5 })).status).toBe(200);
    const id = await submit(falBaseUrl, { prompt: 'x' });
    expect((await get(falBaseUrl, id, '/status')).status).toBe(503);
    await fetch(`${controlUrl}/faults`, { method: 'DELETE' });
    expect((await get(falBaseUrl, id, '/status')).status).toBe(200);
    const { entries } = (await (await fetch(`${controlUrl}/ledger`)).json()) as { entries: LedgerEntry[] };
    expect(entries.map((entry) => entry.requestId)).toEqual([id]);
    expect((await post('faults', { on: 'nowhere', kind: 'status' })).status).toBe(400);
    expect((await post('latency', { image: { latencyMs: -1 } })).status).toBe(400);
    expect((await fetch(`${controlUrl}/faults`, { method: 'POST', body: '{}' })).status).toBe(415);
  });
});

it('can draw plainly, for runs that measure something else', async () => {
  const { falBaseUrl, control } = await start({ media: 'plain' });
  control.set({ image: { latencyMs: 0 } });
  const id = await submit(falBaseUrl, { prompt: 'x', aspect_ratio: '9:16' });
  const { images } = (await (await get(falBaseUrl, id)).json()) as { images: { url: string }[] };
  const picture = Buffer.from(await (await fetch(images[0]?.url ?? '')).arrayBuffer());
  expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 720, height: 1_280 });
});

it('says in one line when its port is taken', async () => {
  const { falBaseUrl } = await start();
  const port = Number(new URL(falBaseUrl).port);
  await expect(start({ port })).rejects.toThrow(`can't listen on 127.0.0.1:${port} (EADDRINUSE)`);
});
