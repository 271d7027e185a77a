import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freeTemporalPort } from '../../test/ports.js';
import { startDevServer } from './dev-server.js';
import type { DevServer } from './server-process.js';
import { dataFolder, temporalBinary } from './testing/install.js';
import { listeningOf } from './testing/listening.js';

const { data, remove } = dataFolder();
let server: DevServer;
let connection: Connection;
/** Every port of the server, but for its UI's. */
let ports: number[];

beforeAll(async () => {
  const port = await freeTemporalPort();
  server = await startDevServer({
    ...{ binary: await temporalBinary(), port, uiHost: '127.0.0.1', uiPort: port + 1000 },
    searchAttributes: {},
    ...{ dbFile: join(data, 'temporal.db'), logFile: join(data, 'temporal.log') },
  });
  connection = await Connection.connect({ address: server.address });
  await new Client({ connection }).workflow.start('post', {
    ...{ workflowId: 'UpkTZ26nc9Eb', taskQueue: 'nobody' },
  });
  ports = listeningOf(server.pid)
    .map((one) => one.port)
    .filter((one) => one !== port + 1000);
}, 60_000);
afterAll(async () => {
  await connection?.close();
  await server?.stop();
  remove();
}, 60_000);

const signals = async (): Promise<number> => {
  const handle = new Client({ connection }).workflow.getHandle('UpkTZ26nc9Eb');
  const { events } = await handle.fetchHistory();
  return (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length;
};

/** What a page of another site can send without asking first: a simple request, as its browser sends it. */
const asPage = (port: number, path: string, type: string, body: string): Promise<number> =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': type, origin: 'https://evil.example' },
    body,
    signal: AbortSignal.timeout(5_000),
  }).then(
    ({ status }) => status,
    () => 0,
  );

const SIGNAL = '/api/v1/namespaces/default/workflows/UpkTZ26nc9Eb/signal/approve';
const BATCH = '/api/v1/namespaces/default/batch-operations/all';
const TO_ALL = {
  reason: 'because',
  visibilityQuery: 'ExecutionStatus="Running"',
  signalOperation: { signal: 'approve', input: { payloads: [] }, identity: 'a page' },
};

describe('a web page in the same browser', () => {
  it.each([
    ['one signal as text', SIGNAL, 'text/plain', '{}'],
    ['one signal as a form', SIGNAL, 'application/x-www-form-urlencoded', '{}'],
    ['one signal as JSON', SIGNAL, 'application/json', '{}'],
    ['a signal to all that wait', BATCH, 'text/plain', JSON.stringify(TO_ALL)],
    [
      'a signal over gRPC-web',
      '/temporal.api.workflowservice.v1.WorkflowService/SignalWorkflowExecution',
      'text/plain',
      '',
    ],
  ])('can not send %s to any port of the Temporal server', async (_what, path, type, body) => {
    expect(ports.length).toBeGreaterThan(1);
    for (const port of ports)
      expect([0, 403, 404, 415], String(port)).toContain(await asPage(port, path, type, body));
    expect(await signals()).toBe(0);
  });

  it('still finds the UI, which people use', async () => {
    expect((await fetch(server.uiUrl)).status).toBe(200);
  });
});
