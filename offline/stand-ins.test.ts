import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startStandIns, type LedgerEntry, type StandIns } from './stand-ins.js';
import { FLUX } from './testing/use-stand-ins.js';

let folder: string;
const opened: StandIns[] = [];
const start = async (more: object = {}): Promise<StandIns> => {
  const standIns = await startStandIns({ folder, ...more });
  standIns.control.set({ image: { latencyMs: 0 } });
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

const headers = { authorization: 'Key sample', 'content-type': 'application/json' };
const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
async function submit(falBaseUrl: string, input: object): Promise<string> {
  const answer = await post(`${falBaseUrl}/queue.fal.run/${FLUX}`, input);
  return ((await answer.json()) as { request_id: string }).request_id;
}
const get = (falBaseUrl: string, id: string, more = '') =>
  fetch(`${falBaseUrl}/queue.fal.run/fal-ai/flux-pro/requests/${id}${more}`, { headers });
async function picture(falBaseUrl: string, id: string) {
  const { images } = (await (await get(falBaseUrl, id)).json()) as { images: { url: string }[] };
  const { url } = images[0]!;
  return { url, ...(await sharp(await (await fetch(url)).arrayBuffer()).metadata()) };
}

describe('a restart', () => {
  it('finds the accepted jobs, the files and the whole ledger again', async () => {
    const first = await start();
    first.control.set({ image: { latencyMs: 60_000 } });
    const waiting = await submit(first.falBaseUrl, { prompt: 'Waiting' });
    first.control.set({ image: { latencyMs: 0 } });
    const done = await submit(first.falBaseUrl, { prompt: 'Done' });
    await first.close();
    await appendFile(join(folder, 'jobs.jsonl'), '{"type":"accepted","job":{"id":"torn');

    const { falBaseUrl, close } = await start();
    expect((await get(falBaseUrl, waiting, '/status')).status).toBe(202);
    const { url, format } = await picture(falBaseUrl, done);
    expect([url.startsWith(falBaseUrl), format]).toEqual([true, 'png']);
    const third = await submit(falBaseUrl, { prompt: 'After the torn line' });
    await close();

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

    const { falBaseUrl, ledger } = await start();
    expect((await get(falBaseUrl, id)).status).toBe(200);
    expect(await ledger()).toMatchObject([{ requestId: id, provider: 'fal', amountNano: 60_000_000 }]);
  });
});

describe('control over HTTP', () => {
  it('arms and disarms faults, sets latency, discount and corrections, and shows the ledger', async () => {
    const { controlUrl, falBaseUrl } = await start();
    const control = async (path: string, body: object) => (await post(`${controlUrl}/${path}`, body)).status;
    expect(await control('latency', { image: { latencyMs: 0 } })).toBe(200);
    expect(await control('discount', { percent: 50 })).toBe(200);
    expect(await control('faults', { on: 'status', kind: 'status', status: 503, times: 5 })).toBe(200);
    const id = await submit(falBaseUrl, { prompt: 'x' });
    expect((await get(falBaseUrl, id, '/status')).status).toBe(503);
    await fetch(`${controlUrl}/faults`, { method: 'DELETE' });
    expect((await get(falBaseUrl, id, '/status')).status).toBe(200);
    expect(await control('correction', { requestId: id, amountNano: 1 })).toBe(200);
    const { entries } = (await (await fetch(`${controlUrl}/ledger`)).json()) as { entries: LedgerEntry[] };
    const bill = entries.map(({ requestId, amountNano }) => [requestId, amountNano]);
    expect(bill).toEqual([
      [id, 30_000_000],
      [id, 1],
    ]);
    expect((await fetch(`${controlUrl}/faults`, { method: 'POST', body: '{}' })).status).toBe(415);
  });

  it.each([
    ['faults', { on: 'nowhere', kind: 'status' }, "fault on 'nowhere' is not one of openai,"],
    ['faults', { on: 'openai', kind: 'html' }, "fault kind 'html' on openai is not one of status,"],
    ['faults', { on: 'openai', kind: 'refusal', times: 0 }, "fault times '0' is not a whole number from 1"],
    ['latency', { image: { latencyMs: -1 } }, "image latencyMs '-1' is not a number from 0"],
    ['discount', { percent: 'all' }, "discount 'all' is not a percentage from 0 to 100"],
    ['discount', { percent: 101 }, "discount '101' is not a percentage from 0 to 100"],
    ['correction', { requestId: 'x', amountNano: 1 }, "no job with request id 'x' was billed"],
  ])('refuses %s %j', async (path, body, message) => {
    const { controlUrl } = await start();
    const answer = await post(`${controlUrl}/${path}`, body);
    const { error } = (await answer.json()) as { error: string };
    expect({ status: answer.status, error }).toEqual({
      status: 400,
      error: expect.stringContaining(message),
    });
  });
});

it('can draw plainly, for runs that measure something else', async () => {
  const { falBaseUrl } = await start({ media: 'plain' });
  const id = await submit(falBaseUrl, { prompt: 'x', aspect_ratio: '9:16' });
  expect(await picture(falBaseUrl, id)).toMatchObject({ format: 'png', width: 720, height: 1_280 });
});

it('says in one line when its port is taken', async () => {
  const { falBaseUrl } = await start();
  const port = Number(new URL(falBaseUrl).port);
  await expect(start({ port })).rejects.toThrow(`can't listen on 127.0.0.1:${port} (EADDRINUSE)`);
});
