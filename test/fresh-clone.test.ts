import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BatchStatus } from '../contract/status.js';
// @ts-expect-error plain JavaScript
import { copyCheckout } from '../tools/checkout.mjs';
import { allGone, killAll, treeOf } from './processes.js';
import { freePort, freeTemporalPort } from './ports.js';
import { resumesBlocked } from './resume-blocked.js';

/**
 * A stranger's first day: a clone without node_modules and with a home of its own, `npm start`, a kill, a Ctrl-C. Only the
 * user's cache folder is the real one, since the server in it takes minutes to build; a run with an empty one is done by
 * hand before a release.
 */
const PATIENCE_MS = 240_000;
let folder: string;
let env: NodeJS.ProcessEnv;
const started: number[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-clone-'));
  copyCheckout(clone());
  const own = /^(COPYDESK|OPENAI|FAL|TEMPORAL|npm)_|^(NODE_ENV|VITEST.*|INIT_CWD)$/;
  env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name))),
    HOME: join(folder, 'home'),
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
    COPYDESK_PORT: String(await freePort()),
    COPYDESK_ADOPT_SECONDS: '5',
    COPYDESK_TEMPORAL_PORT: String(await freeTemporalPort()),
    // The user's npm settings say which registry to use; they are not part of what is tested.
    NPM_CONFIG_USERCONFIG: join(homedir(), '.npmrc'),
  };
  await mkdir(String(env.HOME), { recursive: true });
}, 60_000);

afterAll(async () => {
  killAll(started.flatMap(treeOf));
  killAll(await recordedPids());
  await rm(folder, { recursive: true, force: true });
});

const clone = (): string => join(folder, 'clone');

async function recordedPids(): Promise<number[]> {
  const text = await readFile(join(clone(), 'var', 'processes.json'), 'utf8').catch(() => '{}');
  const { temporal, up } = JSON.parse(text) as { temporal?: { pid: number }; up?: { pid: number } };
  return [temporal?.pid, up?.pid].filter((pid): pid is number => pid !== undefined);
}

/** `npm start`, until it says that it is ready. In a process group of its own, as a terminal would run it. */
async function start(): Promise<ChildProcess> {
  const child = spawn('npm', ['start', '--silent', '--', '--json'], {
    cwd: clone(),
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(Number(child.pid));
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  for (const end = Date.now() + PATIENCE_MS; !out.includes('\n'); await sleep(100)) {
    if (child.exitCode !== null || Date.now() > end) throw new Error(`npm start is not ready: ${out}${err}`);
  }
  expect(JSON.parse(out)).toEqual({
    ready: true,
    desk: `http://127.0.0.1:${env.COPYDESK_PORT}`,
    temporal: `127.0.0.1:${env.COPYDESK_TEMPORAL_PORT}`,
    temporalUi: `http://127.0.0.1:${Number(env.COPYDESK_TEMPORAL_PORT) + 1_000}`,
  });
  return child;
}

const run = promisify(execFile);

async function inJson<T>(program: string, ...args: string[]): Promise<T> {
  const { stdout } = await run(program, [...args, '--json'], { cwd: clone(), env });
  return JSON.parse(stdout) as T;
}

/** The command as a person of the clone runs it. */
const copydesk = <T>(...args: string[]): Promise<T> => inJson('npx', 'copydesk', ...args);
/** The same without npm, which takes longer than the command: for what is asked again and again. */
const asked = <T>(...args: string[]): Promise<T> =>
  inJson(process.execPath, join('dist', 'command', 'copydesk.js'), ...args);

async function batchUntil(
  id: string,
  wanted: (batch: BatchStatus) => boolean | Promise<boolean>,
): Promise<BatchStatus> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(200)) {
    // A worker that has just been killed may be asked for it still, and does not answer.
    const batch = await asked<BatchStatus>('batch', 'status', id).catch((error: Error) => error);
    if (!(batch instanceof Error) && (await wanted(batch))) return batch;
    if (Date.now() > end)
      throw new Error(`not reached: ${batch instanceof Error ? batch.message : JSON.stringify(batch)}`);
  }
}

const fiveWait = ({ counts }: BatchStatus): boolean => counts.awaiting_approval === 5;

it('starts by one command, survives a kill of everything in mid-work, stops by Ctrl-C, and goes on each time', async () => {
  const first = await start();
  // The first batch is started once the program is ready.
  let ids: string[] = [];
  for (const end = Date.now() + PATIENCE_MS; ids.length === 0 && Date.now() < end; await sleep(200))
    ids = (await asked<{ batches: { id: string }[] }>('batch', 'list')).batches.map(({ id }) => id);
  expect(ids).toHaveLength(1);
  const [id = ''] = ids;
  await batchUntil(id, ({ posts }) => posts.length === 5);
  const firstPids = [...treeOf(Number(first.pid)), ...(await recordedPids())];
  killAll(firstPids);
  await allGone(firstPids);

  const second = await start();
  const resume = resumesBlocked((post) => copydesk('resume', post));
  const waiting = await batchUntil(id, async (batch) => {
    await resume(batch);
    return fiveWait(batch);
  });
  expect(waiting.posts.map((post) => post.contentFormat).sort()).toEqual([
    'hero_text',
    'hero_text',
    'hero_text',
    'hero_text',
    'video',
  ]);
  expect(waiting.offline).toBe(true);
  const bill = (await readFile(join(clone(), 'var', 'offline', 'ledger.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { provider: string; amountNano: number });
  expect(bill.filter(({ provider }) => provider === 'fal')).toHaveLength(6);
  const lost = Math.round(waiting.unknownUsd * 1e9);
  const billed = bill.reduce((sum, { amountNano }) => sum + amountNano, 0);
  // What a killed call may have cost is told as unknown, and nothing else is missing.
  if (lost === 0) expect(Math.round(waiting.costUsd * 1e9)).toBe(billed);
  else expect(Math.round(waiting.costUsd * 1e9)).toBeLessThanOrEqual(billed);

  const approved = String(waiting.posts[0]?.id);
  await copydesk('approve', approved);
  await batchUntil(id, ({ counts }) => counts.published === 1);
  const secondPids = [...treeOf(Number(second.pid)), ...(await recordedPids())];
  const ended = new Promise((resolve) => second.once('exit', resolve));
  process.kill(-Number(second.pid), 'SIGINT');
  await ended;
  await allGone(secondPids);

  const third = await start();
  expect((await copydesk<{ batches: unknown[] }>('batch', 'list')).batches).toHaveLength(1);
  expect(await copydesk<BatchStatus>('batch', 'status', id)).toMatchObject({
    counts: { awaiting_approval: 4, published: 1 },
    costUsd: waiting.costUsd,
  });
  const thirdPids = [...treeOf(Number(third.pid)), ...(await recordedPids())];
  process.kill(-Number(third.pid), 'SIGINT');
  await allGone(thirdPids);
}, 900_000);
