import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { claimUp, UpAlreadyRunning } from './left-over.js';
import { openEmbeddedTemporal } from './open.js';
import { PortTaken } from './ports.js';
import { forgetProcesses, readProcesses, writeProcesses } from './processes.js';
import { servesDatabase } from './server-process.js';
import type { DevServer } from './server-process.js';
import { dataFolder, temporalBinary } from './testing/install.js';
import { freeTemporalPort } from '../../test/ports.js';
import { startKillable } from './testing/kill-me.js';

const cleanUps: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function folder(): string {
  const { data, remove } = dataFolder();
  cleanUps.push(remove);
  return data;
}

async function open(data: string, port: number, obtain = temporalBinary): Promise<DevServer> {
  const server = await openEmbeddedTemporal({
    ...{ data, port, uiPort: port + 1000, obtain },
    searchAttributes: { PostStatus: 'Keyword', CostUsd: 'Double' },
  });
  cleanUps.push(() => server.stop());
  return server;
}

async function listenOn(port: number): Promise<Server> {
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  cleanUps.push(() => void other.close());
  return other;
}

const notNeeded = (): Promise<string> => Promise.reject(new Error('a server was asked for'));

test('a server left over from a kill is taken over, with its pid', async () => {
  const data = folder();
  const port = await freeTemporalPort();
  const killed = await startKillable(data, port);
  await killed.kill();
  const server = await open(data, port, notNeeded);
  expect(server.pid).toBe(killed.serverPid);
  expect((await fetch(server.uiUrl)).status).toBe(200);
  await server.stop();
  await server.exited;
  expect(servesDatabase(server.pid, join(data, 'temporal.db'))).toBe(false);
});

test('one left over on other ports is ended, and a new one serves the database on the ports wanted now', async () => {
  const data = folder();
  const killed = await startKillable(data, await freeTemporalPort());
  await killed.kill();
  const port = await freeTemporalPort();
  const server = await open(data, port);
  expect(server.address).toBe(`127.0.0.1:${port}`);
  expect(servesDatabase(killed.serverPid, join(data, 'temporal.db'))).toBe(false);
  expect(readProcesses(data).temporal).toMatchObject({ pid: server.pid, port });
});

test('one that was killed as well is started again', async () => {
  const data = folder();
  const port = await freeTemporalPort();
  const killed = await startKillable(data, port);
  await killed.kill();
  process.kill(killed.serverPid, 'SIGKILL');
  const server = await open(data, port);
  expect(server.pid).not.toBe(killed.serverPid);
});

test("a port in use by another program is one line, be it the server's or the UI's", async () => {
  const port = await freeTemporalPort();
  const other = await listenOn(port);
  const line = `COPYDESK_TEMPORAL_PORT=${port} is in use by another program; set COPYDESK_TEMPORAL_PORT to a free one (its UI takes that plus 1000)`;
  await expect(open(folder(), port, notNeeded)).rejects.toThrow(new PortTaken(port, false));
  expect(new PortTaken(port, false).message).toBe(line);
  other.close();
  await listenOn(port + 1000);
  await expect(open(folder(), port, notNeeded)).rejects.toThrow(
    `Port ${port + 1000}, the Temporal UI's (COPYDESK_TEMPORAL_PORT=${port} plus 1000), is in use by another program`,
  );
});

test('the server of another install is not taken over: its port is in use', async () => {
  const port = await freeTemporalPort();
  await open(folder(), port);
  await expect(open(folder(), port, notNeeded)).rejects.toThrow(PortTaken);
});

test('a second all-in-one on the same data folder is one line naming the first', async () => {
  const data = folder();
  const first = await startKillable(data, await freeTemporalPort());
  cleanUps.push(async () => {
    await first.kill();
    await (await open(data, readProcesses(data).temporal?.port ?? 0, notNeeded)).stop();
  });
  const second = claimUp(data, { pid: process.pid, deskPort: 8301 });
  await expect(second).rejects.toThrow(UpAlreadyRunning);
  await expect(second).rejects.toThrow(
    `Copydesk already runs on the data folder '${data}' as process ${first.pid}, desk http://127.0.0.1:8300; end that`,
  );
});

test('an all-in-one that is gone, or whose pid is now of another program, does not stand in the way', async () => {
  const data = folder();
  writeProcesses(data, { up: { pid: process.ppid, deskPort: 8300, command: 'node dist/workers/up.js' } });
  await claimUp(data, { pid: process.pid, deskPort: 8300 });
  expect(readProcesses(data).up).toMatchObject({ pid: process.pid, deskPort: 8300 });
  await claimUp(data, { pid: process.pid, deskPort: 8302 });
  forgetProcesses(data);
  expect(readProcesses(data)).toEqual({});
});
