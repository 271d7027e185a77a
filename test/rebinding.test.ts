import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postWorkflowId } from '../contract/ids.js';
import type { BatchStatus } from '../contract/status.js';
import { listeningOf, type Listening } from '../workers/temporal/testing/listening.js';
import { AllInOne, type Ready } from './all-in-one.js';
import { treeOf } from './processes.js';
import { rawHttp } from './raw-http.js';
import { until } from './until.js';

const install = new AllInOne();
let ready: Ready;
let batch: BatchStatus;
let ui: Listening;
/** Everything of the install that a web page can find: it can't try the 16 million addresses of 127.0.0.0/8. */
let reachable: Listening[];
beforeAll(async () => {
  ready = await install.start();
  batch = await install.firstBatch();
  ui = { host: '127.0.0.1', port: Number(new URL(ready.temporalUi).port) };
  const { up, temporal } = install.processes();
  const pids = [...treeOf(Number(up?.pid)), Number(temporal?.pid)];
  reachable = [...new Set(pids)].flatMap(listeningOf).filter(({ host }) => isTried(host));
}, 150_000);
afterAll(() => install.close(), 60_000);

const isTried = (host: string): boolean => ['127.0.0.1', '0.0.0.0', '::1', '::'].includes(host);
const firstPost = (): string => postWorkflowId(String(batch.posts[0]?.id));
const workflowPath = (): string => `/api/v1/namespaces/default/workflows/${encodeURIComponent(firstPost())}`;

/** Names that a page's own server may be known by when its name is bound to 127.0.0.1 anew. */
const FOREIGN = [
  'evil.example',
  'evil.example:PORT',
  '127.0.0.1.evil.example:PORT',
  'localhost.evil.example:PORT',
  '127.0.0.1.nip.io:PORT',
  'evil.example:80@127.0.0.1:PORT',
  '127.0.0.1:PORT.evil.example',
  'evil.localhost:PORT',
  '0.0.0.0:PORT',
  '[::ffff:7f00:1]:PORT',
  'xn--lcalhost-03d:PORT',
];
const FOREIGN_HEADERS = [
  ...FOREIGN.map((host) => [`Host: ${host}`]),
  ['Host: evil.example', 'Host: 127.0.0.1:PORT'],
  ['Host:'],
  ['X-Forwarded-Host: 127.0.0.1:PORT', 'Host: evil.example:PORT'],
  ['Forwarded: host=127.0.0.1:PORT', 'Host: evil.example:PORT'],
];
const at = (lines: readonly string[], port: number): string[] =>
  lines.map((line) => line.replaceAll('PORT', String(port)));

describe('a page whose name was bound to 127.0.0.1 anew', () => {
  it('finds the desk, the Temporal UI and the Temporal server, and no other way to the UI', () => {
    const ports = reachable.map(({ port }) => port);
    expect(ports).toContain(ui.port);
    expect(ports).toContain(Number(new URL(ready.desk).port));
    expect(ports).toContain(Number(ready.temporal.split(':')[1]));
  });

  it.each([
    ['the list of workflows', () => '/api/v1/namespaces/default/workflows?query='],
    ['a workflow', workflowPath],
    ['the settings', () => '/api/v1/settings'],
    ['the first page and its cookie', () => '/'],
    ['the metrics', () => '/metrics'],
    ['the desk', () => '/desk'],
    ['what waits', () => '/api/posts?waiting=1'],
  ])(
    'reads from no port: %s',
    async (_what, pathOf) => {
      const known = [...batch.posts.flatMap(({ id, title }) => [id, title]), '_csrf', 'DefaultNamespace'];
      const requests = reachable.flatMap((where) => FOREIGN_HEADERS.map((headers) => ({ where, headers })));
      await Promise.all(
        requests.map(async ({ where, headers }) => {
          const lines = [`GET ${pathOf()} HTTP/1.1`, ...at(headers, where.port)];
          const { text } = await rawHttp(where, lines);
          const told = known.filter((words) => words && text.includes(words));
          expect(told, `port ${where.port}: ${headers.join(', ')}`).toEqual([]);
        }),
      );
    },
    120_000,
  );

  it('is told by the UI, in one line, why', async () => {
    for (const headers of FOREIGN_HEADERS) {
      const lines = ['GET /api/v1/namespaces HTTP/1.1', ...at(headers, ui.port)];
      const { status, text } = await rawHttp(ui, lines);
      expect([400, 403], headers.join(', ')).toContain(status);
      if (status === 403) expect(text.split('\r\n\r\n')[1]?.trim().split('\n')).toHaveLength(1);
    }
    const { text } = await rawHttp(ui, ['GET / HTTP/1.1', `Host: evil.example:${ui.port}`]);
    expect(text).toContain("The Temporal UI is not served as 'evil.example:");
  });

  it.each(['HTTP/1.0', 'HTTP/1.1'])('gets nothing of the UI without a Host, by %s', async (version) => {
    const { status } = await rawHttp(ui, [`GET /api/v1/namespaces ${version}`]);
    expect([400, 403]).toContain(status);
  });
});

const input = { payloads: [{ metadata: { encoding: btoa('json/plain') }, data: btoa('{"by":"evil"}') }] };
const SIGNAL = JSON.stringify({ signalName: 'approve', input });

/** Signs in to the UI as its own page does: its CSRF cookie, and the same in a header. */
async function csrf(): Promise<string[]> {
  const { text } = await rawHttp(ui, ['GET / HTTP/1.1', `Host: 127.0.0.1:${ui.port}`]);
  const token = /_csrf=(\w+)/.exec(text)?.[1] ?? '';
  return [`Cookie: _csrf=${token}`, `X-CSRF-TOKEN: ${token}`];
}

async function signals(): Promise<number> {
  const { stdout } = await install.temporal(
    ...['workflow', 'show', '--address', ready.temporal, '--workflow-id', firstPost(), '--output', 'json'],
  );
  return stdout.split('EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED').length - 1;
}

describe('a page of another site', () => {
  it.each([
    ['Origin: https://evil.example', 'Sec-Fetch-Site: cross-site'],
    ['Origin: https://evil.example'],
    ['Origin: null', 'Sec-Fetch-Site: cross-site'],
    ['Origin: null'],
    ['Sec-Fetch-Site: cross-site'],
    ['Sec-Fetch-Site: same-site'],
    ['Origin: http://127.0.0.1:PORT.evil.example'],
    // Another program's page on this machine.
    ['Origin: http://127.0.0.1:1', 'Sec-Fetch-Site: same-site'],
    ['Origin: http://localhost:PORT'],
  ])('can not send a signal through the UI, even with its CSRF token: %s %s', async (...headers) => {
    const lines = [`POST ${workflowPath()}/signal/approve HTTP/1.1`, `Host: 127.0.0.1:${ui.port}`];
    for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded']) {
      const sent = [...lines, `Content-Type: ${type}`, ...at(headers, ui.port), ...(await csrf())];
      const { status, text } = await rawHttp(ui, sent, SIGNAL);
      expect(status).toBe(403);
      expect(text).toContain('another site');
    }
    expect(await signals()).toBe(0);
  });

  it('can not do so by another method either', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE']) {
      const lines = [`${method} ${workflowPath()}/signal/approve HTTP/1.1`, `Host: 127.0.0.1:${ui.port}`];
      const { status } = await rawHttp(ui, [...lines, 'Origin: https://evil.example'], SIGNAL);
      expect([403, 405], method).toContain(status);
    }
    expect(await signals()).toBe(0);
  });
});

it('serves the UI, its API and its signals to its own page under each name of the machine', async () => {
  for (const name of ['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST']) {
    const host = `Host: ${name}:${ui.port}`;
    const page = await rawHttp(ui, ['GET / HTTP/1.1', host]);
    expect(page.status).toBe(200);
    const list = await rawHttp(ui, ['GET /api/v1/namespaces/default/workflows HTTP/1.1', host]);
    expect(list.text).toContain(firstPost());
  }
  const origin = `http://127.0.0.1:${ui.port}`;
  const lines = [
    `POST ${workflowPath()}/signal/unknown HTTP/1.1`,
    ...[`Host: 127.0.0.1:${ui.port}`, `Origin: ${origin}`, 'Sec-Fetch-Site: same-origin'],
    ...['Content-Type: application/json', ...(await csrf())],
  ];
  expect((await rawHttp(ui, lines, SIGNAL)).status).toBe(200);
  expect(await signals()).toBe(1);
});

describe('the address that people have of the UI', () => {
  const pageStatus = async (): Promise<number> =>
    (await rawHttp(ui, ['GET / HTTP/1.1', 'Host: 127.0.0.1'])).status;

  it('stays when the Temporal server is killed and started again', async () => {
    const before = install.processes().temporal;
    process.kill(Number(before?.pid), 'SIGKILL');
    await until(
      async () => [install.processes().temporal?.pid, await pageStatus()],
      ([pid, status]) => pid !== before?.pid && status === 200,
    );
  });

  it('stays when the all-in-one is killed and its next start takes the server over', async () => {
    const before = install.processes().temporal;
    await install.kill();
    expect(await pageStatus()).toBe(0);
    expect((await install.start()).temporalUi).toBe(ready.temporalUi);
    expect(install.processes().temporal).toEqual(before);
    expect(await pageStatus()).toBe(200);
  }, 90_000);
});
