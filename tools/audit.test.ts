import { execFile } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const AUDIT = fileURLToPath(new URL('audit.mjs', import.meta.url));
/** npm starts, and gives up on a registry after 20 s. */
const PATIENCE_MS = 120_000;

let registry: Server;
/** Of npm, which would remember what another registry said. */
let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'copydesk-audit-'));
});
afterEach(async () => {
  const closed = new Promise((resolve) => registry.close(resolve));
  registry.closeAllConnections();
  await closed;
  await rm(cache, { recursive: true });
});

async function auditAt(answer: RequestListener): Promise<{ code: number; said: string }> {
  registry = createServer(answer);
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  const env = { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: cache };
  return new Promise((resolve) => {
    execFile(process.execPath, [AUDIT], { env }, (error, _stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stderr }),
    );
  });
}

/** Answers the question of `npm audit`, and then those for each package that may pull in a bad one. */
const knows = (advisories: object): RequestListener => {
  return (request, response) => {
    const name = decodeURIComponent(request.url ?? '').slice(1);
    const packument = {
      name,
      'dist-tags': { latest: '1.0.0' },
      versions: { '1.0.0': { name, version: '1.0.0' } },
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.method === 'POST' ? advisories : packument));
  };
};
const advisory = (severity: string) => ({
  hono: [
    {
      id: 1,
      url: 'https://example.org/1',
      title: 'A hole',
      severity,
      vulnerable_versions: '*',
      cwe: [],
      cvss: { score: 9 },
    },
  ],
});

test('a registry that knows of a high hole fails', { timeout: PATIENCE_MS }, async () => {
  const { code, said } = await auditAt(knows(advisory('critical')));
  expect(said).toMatch(/^hono \*: critical\n/m);
  expect([code, said]).toEqual([1, expect.stringMatching(/npm audit names packages with holes/)]);
});

test.each([
  ['none', {}],
  ['a low one', advisory('low')],
])('a registry that knows of %s lets pass', { timeout: PATIENCE_MS }, async (_what, advisories) => {
  expect(await auditAt(knows(advisories))).toEqual({
    code: 0,
    said: 'npm audit knows of no high or critical hole in what is installed to run\n',
  });
});

test.each<[what: string, answer: RequestListener]>([
  ['refuses', (_request, response) => response.writeHead(405).end()],
  ['answers with a page', (_request, response) => response.end('<html>')],
  ['breaks off', (request) => request.destroy()],
])(
  'a registry that %s is no finding, and is said in one line',
  { timeout: PATIENCE_MS },
  async (_what, answer) => {
    const { code, said } = await auditAt(answer);
    expect([code, said]).toEqual([0, expect.stringMatching(/^npm audit could not be asked \([^\n]+\n$/)]);
  },
);
