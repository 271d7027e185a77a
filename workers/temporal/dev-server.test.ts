import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { afterEach, expect, test } from 'vitest';
import { startDevServer } from './dev-server.js';
import type { DevServerOptions } from './dev-server.js';
import { missingSearchAttributes } from './search-attributes.js';
import type { SearchAttributeTypes } from './search-attributes.js';
import { servesDatabase } from './server-process.js';
import type { DevServer } from './server-process.js';
import { dataFolder, temporalBinary } from './testing/install.js';
import { freeTemporalPort } from '../../test/ports.js';

const cleanUps: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function install(): Promise<(more?: Partial<DevServerOptions>) => Promise<DevServer>> {
  const { data, remove } = dataFolder();
  cleanUps.push(remove);
  const port = await freeTemporalPort();
  const binary = await temporalBinary();
  return async (more) => {
    const server = await startDevServer({
      ...{
        binary,
        port,
        uiHost: '127.0.0.1',
        uiPort: port + 1000,
        dbFile: join(data, 'temporal.db'),
        logFile: join(data, 'temporal.log'),
      },
      searchAttributes: { PostStatus: 'Keyword' },
      ...more,
    });
    cleanUps.push(() => server.stop());
    return server;
  };
}

async function missing(server: DevServer, wanted: SearchAttributeTypes): Promise<string[]> {
  const connection = await Connection.connect({ address: server.address });
  try {
    return await missingSearchAttributes(connection, 'default', wanted);
  } finally {
    await connection.close();
  }
}

test('serves the API with its search attributes and the UI, and ends in order', async () => {
  const start = await install();
  const server = await start();
  expect(await missing(server, { PostStatus: 'Keyword' })).toEqual([]);
  expect((await fetch(server.uiUrl)).status).toBe(200);
  await server.stop();
  await server.exited;
  await expect(fetch(server.uiUrl)).rejects.toThrow();
});

test('starts again over the same database, keeps its search attributes and adds new ones', async () => {
  const start = await install();
  const first = await start();
  await first.stop();
  const wanted = { PostStatus: 'Keyword', CostUsd: 'Double' } as const;
  const second = await start({ searchAttributes: wanted });
  expect(await missing(second, wanted)).toEqual([]);
  expect(await missing(second, { CostUsd: 'Keyword', Other: 'Keyword' })).toEqual(['CostUsd', 'Other']);
});

test('starts again after it was killed', async () => {
  const start = await install();
  const first = await start();
  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  const second = await start();
  expect(await missing(second, { PostStatus: 'Keyword' })).toEqual([]);
});

test('two run side by side on other ports', async () => {
  const one = await (await install())();
  const two = await (await install())();
  expect(await missing(one, { PostStatus: 'Keyword' })).toEqual([]);
  expect(await missing(two, { PostStatus: 'Keyword' })).toEqual([]);
});

test('is out of the group that a Ctrl-C in the terminal reaches, and its pid is told before it answers', async () => {
  const told: number[] = [];
  const start = await install();
  const server = await start({ started: (pid) => told.push(pid) });
  expect(told).toEqual([server.pid]);
  // Only the leader of a group can be signalled by the group's number.
  expect(process.kill(-server.pid, 0)).toBe(true);
});

test('one that ends early is one line with its last words', async () => {
  const { data, remove } = dataFolder();
  cleanUps.push(remove);
  const binary = join(data, 'temporal');
  writeFileSync(binary, '#!/bin/sh\necho first >&2\necho no room on the disk >&2\nexit 3\n');
  chmodSync(binary, 0o755);
  const start = await install();
  const failed = start({ binary });
  await expect(failed).rejects.toThrow(
    /^The Temporal server on 127\.0\.0\.1:\d+ ended with code 3; .*: no room on the disk$/,
  );
  await expect(start({ binary: join(data, 'absent') })).rejects.toThrow(/could not be started: .*ENOENT/);
});

test('another process with the pid is not taken for the server', () => {
  expect(servesDatabase(process.pid, '/some/temporal.db')).toBe(false);
});
