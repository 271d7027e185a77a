import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freeTemporalPort } from '../../test/ports.js';
import { claimUp, UpAlreadyRunning } from './left-over.js';
import { openEmbeddedTemporal } from './open.js';
import { PortTaken } from './ports.js';
import { forgetProcesses, readProcesses, writeProcesses } from './processes.js';
import { servesDatabase, type DevServer } from './server-process.js';
import { dataFolder } from './testing/data-folder.js';
import { temporalBinary } from './testing/install.js';
import { startKillable } from './testing/kill-me.js';

async function open(data: string, port: number, obtain = temporalBinary): Promise<DevServer> {
  const searchAttributes = { PostStatus: 'Keyword', CostUsd: 'Double' } as const;
  const server = await openEmbeddedTemporal({ data, port, uiPort: port + 1000, obtain, searchAttributes });
  onTestFinished(() => server.stop());
  return server;
}

/** An all-in-one over a data folder that was killed, and left its server. */
async function killed(port: number) {
  const data = dataFolder();
  const { kill, serverPid } = await startKillable(data, port);
  await kill();
  return { data, serverPid };
}

async function listenOn(port: number): Promise<Server> {
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  return other;
}

const notNeeded = (): Promise<string> => Promise.reject(new Error('a server was asked for'));

test('a server left over from a kill is taken over, with its pid', async () => {
  const port = await freeTemporalPort();
  const { data, serverPid } = await killed(port);
  const server = await open(data, port, notNeeded);
  expect(server.pid).toBe(serverPid);
  expect((await fetch(server.uiUrl)).status).toBe(200);
  await server.stop();
  await server.exited;
  expect(servesDatabase(server.pid, join(data, 'temporal.db'))).toBe(false);
});

test('one left over on other ports is ended, and a new one serves the database on the ports wanted now', async () => {
  const { data, serverPid } = await killed(await freeTemporalPort());
  const port = await freeTemporalPort();
  const server = await open(data, port);
  expect(server.address).toBe(`127.0.0.1:${port}`);
  expect(servesDatabase(serverPid, join(data, 'temporal.db'))).toBe(false);
  expect(readProcesses(data).temporal).toMatchObject({ pid: server.pid, port });
});

test('one that was killed as well is started again', async () => {
  const port = await freeTemporalPort();
  const { data, serverPid } = await killed(port);
  process.kill(serverPid, 'SIGKILL');
  expect((await open(data, port)).pid).not.toBe(serverPid);
});

test("a port in use by another program is one line, be it the server's or the UI's", async () => {
  const port = await freeTemporalPort();
  const data = dataFolder();
  const other = await listenOn(port);
  await expect(open(data, port, notNeeded)).rejects.toThrow(
    `COPYDESK_TEMPORAL_PORT=${port} is in use by another program; set COPYDESK_TEMPORAL_PORT to a free one (its UI takes that plus 1000)`,
  );
  other.close();
  await listenOn(port + 1000);
  await expect(open(data, port, notNeeded)).rejects.toThrow(
    `Port ${port + 1000}, the Temporal UI's (COPYDESK_TEMPORAL_PORT=${port} plus 1000), is in use by another program`,
  );
});

test('the server of another install is not taken over: its port is in use', async () => {
  const port = await freeTemporalPort();
  await open(dataFolder(), port);
  await expect(open(dataFolder(), port, notNeeded)).rejects.toThrow(PortTaken);
});

test('a second all-in-one on the same data folder is one line naming the first', async () => {
  const data = dataFolder();
  const first = await startKillable(data, await freeTemporalPort());
  onTestFinished(async () => {
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
  const data = dataFolder();
  writeProcesses(data, { up: { pid: process.ppid, deskPort: 8300, command: 'node dist/workers/up.js' } });
  await claimUp(data, { pid: process.pid, deskPort: 8300 });
  expect(readProcesses(data).up).toMatchObject({ pid: process.pid, deskPort: 8300 });
  await claimUp(data, { pid: process.pid, deskPort: 8302 });
  forgetProcesses(data);
  expect(readProcesses(data)).toEqual({});
});
