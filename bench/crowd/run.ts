/** What a crowd does to a whole install, keyless and fresh: `npm run bench:crowd`. Prints one JSON document. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Copydesk } from '../../client/copydesk.js';
import { readSettings } from '../../config/settings.js';
import type { PostState } from '../../contract/states.js';
import { readProcesses } from '../../workers/temporal/processes.js';
import { installIn } from '../lab/npm-start.js';
import { percentile } from '../lab/print.js';
import { rssMb } from '../lab/process.js';

const ACCOUNT = '/@ashtalksai';
const PIPELINED = { connections: 40, requests: 3_000 };
const PIPELINED_SECONDS = 60;
const CONNECTIONS = 4_000;
/** Three addresses: 64 requests of each are answered at a time. */
const ADDRESSES = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];

const data = mkdtempSync(join(tmpdir(), 'copydesk-bench-'));
const { env, start } = await installIn(data);
const running = await start();
try {
  const port = Number(env.COPYDESK_PORT);
  const token = readFileSync(join(data, 'token'), 'utf8').trim();
  const up = readProcesses(data).up!.pid;
  const url = `http://127.0.0.1:${port}`;
  const signedIn = { Authorization: `Bearer ${token}` };
  await publishFirstBatch();

  /** The start makes a batch by itself; what draws its pictures is no crowd. */
  async function publishFirstBatch(): Promise<void> {
    const copydesk = await Copydesk.connect({ settings: readSettings(env), env });
    const { batches } = copydesk;
    const reached = async (state: PostState): Promise<string | undefined> =>
      (await batches.list()).batches.find(({ counts }) => counts[state] === 5)?.id;
    let id: string | undefined;
    while ((id = await reached('awaiting_approval')) === undefined) await sleep(500);
    await batches.approveAll(id, { by: 'the bench' });
    while ((await reached('published')) === undefined) await sleep(500);
    await copydesk.close();
  }

  /** Asks as a person does while a load is on, once a second. */
  async function during(load: Promise<unknown>) {
    const [healthz, queue, stranger]: number[][] = [[], [], []];
    const statuses: Record<string, number> = {};
    let [done, memory] = [false, 0];
    void load.finally(() => (done = true));
    const look = async (path: string, times: number[], headers = {}): Promise<number> => {
      const began = performance.now();
      const answer = await fetch(`${url}${path}`, { headers });
      await answer.arrayBuffer();
      times.push(performance.now() - began);
      return answer.status;
    };
    while (!done) {
      const [alive, waiting, page] = await Promise.all([
        look('/healthz', healthz!),
        look('/desk', queue!, signedIn),
        look(ACCOUNT, stranger!),
      ]);
      for (const [who, status] of Object.entries({ alive, waiting, page }))
        statuses[`${who} ${status}`] = (statuses[`${who} ${status}`] ?? 0) + 1;
      memory = Math.max(memory, rssMb(up));
      await sleep(500);
    }
    const ms = (times: number[]) => ({
      median: Math.round(percentile(times, 0.5)),
      worst: Math.round(Math.max(...times)),
    });
    return {
      healthzMs: ms(healthz!),
      queueMs: ms(queue!),
      strangerMs: ms(stranger!),
      statuses,
      rssMb: Math.round(memory),
    };
  }

  /** Connections that send everything at once and read nothing, each opened anew when it is cut. */
  async function pipelined(): Promise<{ opened: number }> {
    const ends = Date.now() + PIPELINED_SECONDS * 1_000;
    const request = `GET ${ACCOUNT} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
    const requests = request.repeat(PIPELINED.requests);
    let opened = 0;
    const one = async (): Promise<void> => {
      while (Date.now() < ends) {
        const socket = connect(port, '127.0.0.1').on('error', () => undefined);
        opened += 1;
        socket.pause();
        socket.write(requests);
        const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
        await Promise.race([closed, sleep(Math.max(0, ends - Date.now()))]);
        socket.destroy();
        await sleep(100);
      }
    };
    await Promise.all(Array.from({ length: PIPELINED.connections }, one));
    return { opened };
  }

  /** As many connections at a time, each with one request, which read their answer. */
  async function crowd(path: string): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const began = performance.now();
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async (_, at) => {
        const status = await askOnce(path, ADDRESSES[at % ADDRESSES.length]!);
        counts[status] = (counts[status] ?? 0) + 1;
      }),
    );
    return { ...counts, ms: Math.round(performance.now() - began) };
  }

  function askOnce(path: string, localAddress: string): Promise<string> {
    return new Promise((resolve) => {
      let text = '';
      const socket: Socket = connect({ port, host: '127.0.0.1', localAddress });
      socket.on('data', (part) => (text ||= part.toString('latin1')));
      socket.on('error', ({ message }) => resolve(message.split(' ').at(-2) ?? message));
      socket.on('close', () => resolve(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 'nothing'));
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    });
  }

  const loads: Record<string, () => Promise<Record<string, number>>> = {
    idle: () => sleep(10_000).then(() => ({})),
    'pipelined, unread': pipelined,
    'connections, page': () => crowd(ACCOUNT),
    'connections, feed.json': () => crowd(`${ACCOUNT}/feed.json`),
  };
  const figures: Record<string, unknown> = {};
  for (const [name, load] of Object.entries(loads)) {
    const loaded = load();
    figures[name] = { ...(await during(loaded)), crowd: await loaded };
    await sleep(2_000);
  }
  console.log(JSON.stringify(figures, null, 2));
} finally {
  await running.stop();
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
}
