import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEARCH_ATTRIBUTE_KEYS } from '../contract/search-attributes.js';
import type { BatchStatus } from '../contract/status.js';
import { borrowDatabase } from './servers/borrow.js';
import { startLocalServer } from './local-server.js';
import { killAll } from './processes.js';
import { freePort, freeTemporalPort } from './ports.js';
import { rawHttp } from './raw-http.js';
import { resumesBlocked } from './resume-blocked.js';

/** As it is run when it has grown: a Temporal server of one's own, the archive on PostgreSQL, worker and desk apart. */
let folder: string;
let temporal: TestWorkflowEnvironment;
/** In the place of that server's UI. */
const ui = createServer((_, answer) => answer.end("the UI of one's own"));
let env: NodeJS.ProcessEnv;
const children: ChildProcess[] = [];

beforeAll(async () => {
  await once(ui.listen(0, '127.0.0.1'), 'listening');
  folder = await mkdtemp(join(tmpdir(), 'copydesk-grown-'));
  temporal = await startLocalServer({ searchAttributes: SEARCH_ATTRIBUTE_KEYS });
  env = {
    PATH: process.env.PATH,
    HOME: folder,
    COPYDESK_ENV_FILE: 'none',
    COPYDESK_DATA: join(folder, 'data'),
    COPYDESK_PORT: String(await freePort()),
    COPYDESK_TOKEN: 'a-token-of-the-test-alone',
    COPYDESK_ADOPT_SECONDS: '3',
    TEMPORAL_ADDRESS: temporal.address,
    COPYDESK_TEMPORAL_PORT: String(await freeTemporalPort()),
    COPYDESK_TEMPORAL_UI: `http://127.0.0.1:${(ui.address() as AddressInfo).port}`,
    DATABASE_URL: await borrowDatabase(),
  };
  await run('desk');
}, 120_000);

afterAll(async () => {
  killAll(children.map((child) => Number(child.pid)));
  ui.close().closeAllConnections();
  await temporal.teardown();
  await rm(folder, { recursive: true, force: true });
});

/** Starts one of the two and waits for the line that says it is there. */
async function run(name: 'worker' | 'desk'): Promise<ChildProcess> {
  const child = spawn(process.execPath, [`dist/workers/${name}.js`], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  for (let tries = 0; !err.includes(`${name}: `); tries += 1) {
    if (child.exitCode !== null || tries > 600) throw new Error(`the ${name} is not there: ${err}`);
    await sleep(100);
  }
  return child;
}

/** The batch, once it answers: a query may wait for the worker that was killed until its command has given up. */
async function batchStatus(id: string): Promise<BatchStatus | null> {
  return copydesk<BatchStatus>('batch', 'status', id).catch(() => null);
}

async function copydesk<T>(...args: string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['dist/command/copydesk.js', ...args, '--json'],
    { env },
  );
  return JSON.parse(stdout) as T;
}

it('goes on with another worker after one was killed, and the desk serves what PostgreSQL holds', async () => {
  const first = await run('worker');
  const planner = 'foundation_models_and_inference_economics';
  const { batchId } = await copydesk<{ batchId: string }>(
    'batch',
    'start',
    '--account',
    'ashtalksai',
    '--planner',
    planner,
    '--mix',
    'hero_text=2',
  );
  for (let planned = false; !planned; await sleep(100)) {
    planned = (await batchStatus(batchId))?.posts.length === 2;
  }
  first.kill('SIGKILL');
  await once(first, 'exit');
  const second = await run('worker');
  const resume = resumesBlocked((id) => copydesk('resume', id));
  for (let waiting = 0; waiting < 2; await sleep(200)) {
    const batch = await batchStatus(batchId);
    waiting = batch?.counts.awaiting_approval ?? 0;
    if (batch) await resume(batch);
  }
  const { results } = await copydesk<{ results: { id: string }[] }>('approve', '--batch', batchId);
  expect(results).toHaveLength(2);
  for (let done = false; !done; await sleep(200)) {
    done = (await batchStatus(batchId))?.status === 'done';
  }
  const page = await fetch(`http://127.0.0.1:${env.COPYDESK_PORT}/@ashtalksai/posts/${results[0]?.id}`);
  expect([page.status, await page.text()]).toEqual([
    200,
    expect.stringContaining('Generate exactly 2 items') as string,
  ]);
  second.kill('SIGTERM');
  expect(await once(second, 'exit')).toEqual([0, null]);
}, 240_000);

it("serves the UI of the user's own Temporal server under the names of the machine alone", async () => {
  const port = Number(env.COPYDESK_TEMPORAL_PORT) + 1_000;
  const at = { host: '127.0.0.1', port };
  expect((await rawHttp(at, ['GET / HTTP/1.1', `Host: 127.0.0.1:${port}`])).text).toContain('the UI of one');
  const foreign = await rawHttp(at, ['GET / HTTP/1.1', `Host: evil.example:${port}`]);
  expect(foreign.status).toBe(403);
  expect(foreign.text).not.toContain('the UI of one');
});
