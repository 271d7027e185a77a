import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { downloadRelease } from './download.js';
import { buildWithGo } from './go-build.js';
import { obtainTemporal } from './obtain.js';
import { cachedServer, releaseFor } from './pinned.js';
import { dataFolder, temporalBinary } from './testing/install.js';

const cleanUps: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A machine with nothing on it but its shell and `programs`, each a shell script. */
function machine(programs: Record<string, string> = {}) {
  const { data: home, remove } = dataFolder();
  cleanUps.push(remove);
  const bin = join(home, 'bin');
  mkdirSync(bin);
  for (const [name, body] of Object.entries(programs)) script(join(bin, name), body);
  const said: string[] = [];
  const env = { HOME: home, PATH: bin, XDG_CACHE_HOME: join(home, 'cache') };
  return { home, env, said, say: (line: string) => void said.push(line), bin };
}

function script(path: string, body: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

const prints = 'echo temporal version 1.4.1';

test('a temporal on PATH comes first, before the cached one', async () => {
  const { env, said, say, bin } = machine({ temporal: prints });
  script(cachedServer(env), prints);
  expect(await obtainTemporal({ env, say })).toEqual({ path: join(bin, 'temporal'), from: 'path' });
  expect(said).toEqual([`Using the Temporal server on PATH: ${join(bin, 'temporal')}`]);
});

test('one on PATH that does not run is passed over for the cached one', async () => {
  const { env, say } = machine({ temporal: 'exit 1' });
  script(cachedServer(env), prints);
  expect(await obtainTemporal({ env, say })).toEqual({ path: cachedServer(env), from: 'cache' });
});

test('the cache is ~/.cache/copydesk where XDG_CACHE_HOME is not set', () => {
  const file = `temporal-v1.4.1-${process.platform}-${process.arch}`;
  expect(cachedServer({ HOME: '/home/u' })).toBe(`/home/u/.cache/copydesk/${file}`);
  expect(cachedServer({ HOME: '/home/u', XDG_CACHE_HOME: '/caches' })).toBe(`/caches/copydesk/${file}`);
});

test('the real server is recognised as one', async () => {
  const { env, say, bin } = machine();
  script(join(bin, 'temporal'), `exec ${await temporalBinary()} "$@"`);
  expect(await obtainTemporal({ env, say })).toMatchObject({ from: 'path' });
});

test('a download that is refused or silent is given up with one line and leaves nothing', async () => {
  const { env, said, say } = machine();
  const cached = cachedServer(env);
  // It goes through the proxy that the environment names: here one without an answer, then none at all.
  const silent = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const through = {
    ...env,
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
    https_proxy: `http://127.0.0.1:${port}`,
  };
  expect(await downloadRelease({ env: through, say }, cached, { silenceMs: 1_500 })).toEqual({
    failed: 'the download brought no data',
  });
  silent.close();
  await once(silent, 'close');
  expect(await downloadRelease({ env: through, say }, cached)).toEqual({ failed: 'the download failed' });
  expect(said).toHaveLength(4);
  expect(said.join()).not.toMatch(/https?:/);
  expect(readdirSync(dirname(cached))).toEqual([]);
});

/** Writes the file after -o, as `go build` does, and notes that it ran and what with. */
const go = `echo "$PWD $@" >> "$HOME/runs"
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\n${prints}\\n' > "$2"
/bin/chmod 755 "$2"`;

test('of two builds at a time one waits for the result of the other', async () => {
  const { home, env, said, say } = machine({ go });
  const cached = cachedServer(env);
  const both = await Promise.all([buildWithGo({ env, say }, cached), buildWithGo({ env, say }, cached)]);
  expect(both).toEqual([{ path: cached }, { path: cached }]);
  const runs = readFileSync(join(home, 'runs'), 'utf8').trim().split('\n');
  expect(runs).toHaveLength(1);
  expect(runs[0]).toContain('build -mod=readonly');
  expect(said[0]).toMatch(/^Building the Temporal server v1\.4\.1 with Go \(2 to 3 minutes/);
  expect(readdirSync(dirname(cached))).toEqual([cached.slice(dirname(cached).length + 1)]);
});

test('a failed build leaves nothing and says how to see its output', async () => {
  const { env, say } = machine({ go: 'exit 7' });
  const outcome = await buildWithGo({ env, say }, cachedServer(env));
  expect(outcome).toMatchObject({
    failed: expect.stringMatching(/^the build with Go ended with code 7 \(see it: cd/),
  });
  expect(existsSync(cachedServer(env))).toBe(false);
});

test('where every way fails, one line has each of them and the remedies', async () => {
  const { env, say } = machine();
  const noNetwork = { ...env, HTTPS_PROXY: 'http://127.0.0.1:1', https_proxy: 'http://127.0.0.1:1' };
  const outcome = obtainTemporal({ env: noNetwork, say });
  await expect(outcome).rejects.toThrow(
    /^No Temporal server: no temporal on PATH; none cached as \S+; the download failed; no Go on PATH to build it with\. Install .*TEMPORAL_ADDRESS[^\n]*$/,
  );
});

/** A release as GitHub serves it, and its address. */
async function released(program: string): Promise<{ url: string; sha256: string; archive: Buffer }> {
  const { data: folder, remove } = dataFolder();
  script(join(folder, 'temporal'), program);
  execFileSync('tar', ['-czf', join(folder, 'archive.tar.gz'), '-C', folder, 'temporal']);
  const archive = readFileSync(join(folder, 'archive.tar.gz'));
  const server = createHttpServer((_request, answer) => answer.end(archive)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(remove, () => void server.close());
  const { port } = server.address() as AddressInfo;
  const sha256 = createHash('sha256').update(archive).digest('hex');
  return { url: `http://127.0.0.1:${port}/temporal.tar.gz`, sha256, archive };
}

test('a download that is the pinned release is kept', async () => {
  const { env, say } = machine();
  const cached = cachedServer(env);
  const release = await released(prints);
  expect(await downloadRelease({ env: { ...env, NO_PROXY: '*' }, say }, cached, { release })).toEqual({
    path: cached,
  });
  expect(readFileSync(cached, 'utf8')).toContain(prints);
});

test('a download that is another file is never run, and leaves nothing', async () => {
  const { env, say, said } = machine();
  const cached = cachedServer(env);
  const release = await released(`echo ran > "${env.HOME}/ran"; ${prints}`);
  const outcome = await downloadRelease({ env: { ...env, NO_PROXY: '*' }, say }, cached, {
    release: { url: release.url, sha256: '0'.repeat(64) },
  });
  expect(outcome).toEqual({
    failed: `the download is not the release that is pinned (its sha256 is ${release.sha256})`,
  });
  expect(said).toHaveLength(2);
  expect(readdirSync(dirname(cached))).toEqual([]);
  expect(existsSync(join(env.HOME, 'ran'))).toBe(false);
});

test('the pinned release is that of the version, for each machine that has one', () => {
  expect(releaseFor('linux', 'x64')).toEqual({
    url: 'https://github.com/temporalio/cli/releases/download/v1.4.1/temporal_cli_1.4.1_linux_amd64.tar.gz',
    sha256: 'e2063feade24d90cec1590dd9a46b0ccf838433b013738a348af1c01a9cb3874',
  });
  expect(releaseFor('darwin', 'arm64')?.sha256).toMatch(/^[\da-f]{64}$/);
  expect(releaseFor('win32', 'x64')).toBeNull();
});

test('a cached server that was changed since is not run', async () => {
  const { env, say } = machine();
  const cached = cachedServer(env);
  script(cached, prints);
  await obtainTemporal({ env, say });
  expect(await obtainTemporal({ env, say })).toMatchObject({ from: 'cache' });
  script(cached, `echo ran > "${env.HOME}/ran"; ${prints}`);
  await expect(obtainTemporal({ env, say })).rejects.toThrow(
    /^The Temporal server \S+ is not run: it is not the file that was put there \(sha256 \w{64}, was \w{64}\); remove it[^\n]*$/,
  );
  expect(existsSync(join(env.HOME, 'ran'))).toBe(false);
});

test.each([
  ['file', (cached: string) => cached],
  ['folder', (cached: string) => dirname(cached)],
])('a cached server whose %s others may write to is not run', async (_what, at) => {
  const { env, say } = machine();
  const cached = cachedServer(env);
  script(cached, `echo ran > "${env.HOME}/ran"; ${prints}`);
  chmodSync(at(cached), 0o777);
  await expect(obtainTemporal({ env, say })).rejects.toThrow(
    /^The Temporal server is not run: other users may write to [^\n]+$/,
  );
  expect(existsSync(join(env.HOME, 'ran'))).toBe(false);
});
