import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { expect, onTestFinished, test } from 'vitest';
import { freeTemporalPort } from '../../test/ports.js';
import { startDevServer, type DevServerOptions } from './dev-server.js';
import { missingSearchAttributes, type SearchAttributeTypes } from './search-attributes.js';
import { servesDatabase, type DevServer } from './server-process.js';
import { dataFolder } from './testing/data-folder.js';
import { temporalBinary } from './testing/install.js';
import { listeningOf } from './testing/listening.js';

const STATUS = { PostStatus: 'Keyword' } as const;

/** Starts a server over a data folder and ports of its own, once or again. */
async function install(
  data = dataFolder(),
): Promise<(more?: Partial<DevServerOptions>) => Promise<DevServer>> {
  const port = await freeTemporalPort();
  const binary = await temporalBinary();
  return async (more) => {
    const server = await startDevServer({
      binary,
      port,
      uiHost: '127.0.0.1',
      uiPort: port + 1000,
      dbFile: join(data, 'temporal.db'),
      logFile: join(data, 'temporal.log'),
      searchAttributes: STATUS,
      ...more,
    });
    onTestFinished(() => server.stop());
    return server;
  };
}

async function connect({ address }: DevServer): Promise<Connection> {
  const connection = await Connection.connect({ address });
  onTestFinished(() => connection.close());
  return connection;
}
const missing = async (server: DevServer, wanted: SearchAttributeTypes): Promise<string[]> =>
  missingSearchAttributes(await connect(server), 'default', wanted);

test('serves the API with its search attributes and the UI, beside another, and ends in order', async () => {
  const other = await (await install())();
  const server = await (await install())();
  expect(await missing(server, STATUS)).toEqual([]);
  expect(await missing(other, STATUS)).toEqual([]);
  expect((await fetch(server.uiUrl)).status).toBe(200);
  await server.stop();
  await server.exited;
  await expect(fetch(server.uiUrl)).rejects.toThrow();
});

test('starts again over the same database, keeps its search attributes and adds new ones', async () => {
  const start = await install();
  await (await start()).stop();
  const wanted = { ...STATUS, CostUsd: 'Double' } as const;
  const second = await start({ searchAttributes: wanted });
  expect(await missing(second, wanted)).toEqual([]);
  expect(await missing(second, { CostUsd: 'Keyword', Other: 'Keyword' })).toEqual(['CostUsd', 'Other']);
});

test('is out of the group that a Ctrl-C in the terminal reaches, and its pid is told before it answers', async () => {
  const told: number[] = [];
  const server = await (await install())({ started: (pid) => told.push(pid) });
  expect(told).toEqual([server.pid]);
  // Only the leader of a group can be signalled by the group's number.
  expect(process.kill(-server.pid, 0)).toBe(true);
});

test('one that ends early is one line with its last words', async () => {
  const data = dataFolder();
  const binary = join(data, 'temporal');
  writeFileSync(binary, '#!/bin/sh\necho first >&2\necho no room on the disk >&2\nexit 3\n', { mode: 0o755 });
  const start = await install(data);
  await expect(start({ binary })).rejects.toThrow(
    /^The Temporal server on 127\.0\.0\.1:\d+ ended with code 3; .*: no room on the disk$/,
  );
  await expect(start({ binary: join(data, 'absent') })).rejects.toThrow(/could not be started: .*ENOENT/);
});

test('another process with the pid is not taken for the server', () => {
  expect(servesDatabase(process.pid, '/some/temporal.db')).toBe(false);
});

test('a web page in the same browser can send no signal to any port of the server', async () => {
  const server = await (await install())();
  const { workflow } = new Client({ connection: await connect(server) });
  const handle = await workflow.start('post', { workflowId: 'UpkTZ26nc9Eb', taskQueue: 'nobody' });
  const uiPort = Number(new URL(server.uiUrl).port);
  const ports = listeningOf(server.pid).flatMap(({ port }) => (port === uiPort ? [] : [port]));
  expect(ports.length).toBeGreaterThan(1);
  const signal = '/api/v1/namespaces/default/workflows/UpkTZ26nc9Eb/signal/approve';
  const toAll = {
    reason: 'because',
    visibilityQuery: 'ExecutionStatus="Running"',
    signalOperation: { signal: 'approve', input: { payloads: [] }, identity: 'a page' },
  };
  for (const [path, type, body] of [
    [signal, 'text/plain', '{}'],
    [signal, 'application/x-www-form-urlencoded', '{}'],
    [signal, 'application/json', '{}'],
    ['/api/v1/namespaces/default/batch-operations/all', 'text/plain', JSON.stringify(toAll)],
    ['/temporal.api.workflowservice.v1.WorkflowService/SignalWorkflowExecution', 'text/plain', ''],
  ] as const)
    for (const port of ports) {
      // What a page of another site can send without asking first: a simple request, as its browser sends it.
      const status = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': type, origin: 'https://evil.example' },
        body,
        signal: AbortSignal.timeout(5_000),
      }).then(
        (answer) => answer.status,
        () => 0,
      );
      expect([0, 403, 404, 415], `${type} to ${path} at ${port}`).toContain(status);
    }
  const { events } = await handle.fetchHistory();
  expect(events?.filter((event) => event.workflowExecutionSignaledEventAttributes)).toEqual([]);
});
