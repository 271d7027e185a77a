import { execFile } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const AUDIT = fileURLToPath(new URL('audit.mjs', import.meta.url));

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

/** Answers the question of `npm audit`, and then those for each package that may pull in a bad one. */
const knows = (severity: string): RequestListener => {
  const hole = { id: 1, url: 'https://example.org/1', title: 'A hole', vulnerable_versions: '*', cwe: [] };
  const advisories = { hono: [{ ...hole, severity, cvss: { score: 9 } }] };
  return (request, response) => {
    const name = decodeURIComponent(request.url ?? '').slice(1);
    const versions = { '1.0.0': { name, version: '1.0.0' } };
    const packument = { name, 'dist-tags': { latest: '1.0.0' }, versions };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.method === 'POST' ? advisories : packument));
  };
};
const clean = /^npm audit knows of no high or critical hole in what is installed to run\n$/;
const unasked = /^npm audit could not be asked \([^\n]+\n$/;

const named = /^hono \*: critical\n[^]*npm audit names packages with holes/m;

test.each<[what: string, answer: RequestListener, code: number, said: RegExp]>([
  ['knows of a critical hole', knows('critical'), 1, named],
  ['knows of none but a low one', knows('low'), 0, clean],
  ['refuses', (_request, response) => response.writeHead(405).end(), 0, unasked],
  ['breaks off', (request) => request.destroy(), 0, unasked],
])('a registry that %s', async (_what, answer, code, said) => {
  registry = createServer(answer);
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  const env = { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: cache };
  const ended = await new Promise((resolve) => {
    execFile(process.execPath, [AUDIT], { env }, (error, _stdout, stderr) =>
      resolve([error ? Number(error.code) : 0, stderr]),
    );
  });
  expect(ended).toEqual([code, expect.stringMatching(said)]);
});
