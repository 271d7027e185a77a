import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { downloadRelease } from './download.js';
import { buildWithGo } from './go-build.js';
import { obtainTemporal } from './obtain.js';
import { cachedServer, releaseFor } from './pinned.js';
import { dataFolder } from './testing/data-folder.js';
import { temporalBinary } from './testing/install.js';

/** A machine with nothing on it but its shell and `programs`, each a shell script. */
function machine(programs: Record<string, string> = {}) {
  const home = dataFolder();
  const bin = join(home, 'bin');
  mkdirSync(bin);
  for (const [name, body] of Object.entries(programs)) script(join(bin, name), body);
  const said: string[] = [];
  const env = { HOME: home, PATH: bin, XDG_CACHE_HOME: join(home, 'cache') };
  const hostile = `echo ran > "${home}/ran"; ${prints}`;
  const hasRun = () => existsSync(join(home, 'ran'));
  const say = (line: string) => void said.push(line);
  return { home, env, said, say, bin, cached: cachedServer(env), hostile, hasRun };
}

function script(path: string, body: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}

const prints = 'echo temporal version 1.4.1';

test('a temporal on PATH comes first, before the cached one', async () => {
  const { env, said, say, bin, cached } = machine({ temporal: prints });
  script(cached, prints);
  expect(await obtainTemporal({ env, say })).toEqual({ path: join(bin, 'temporal'), from: 'path' });
  expect(said).toEqual([`Using the Temporal server on PATH: ${join(bin, 'temporal')}`]);
});

test('one on PATH that does not run is passed over for the cached one', async () => {
  const { env, say, cached } = machine({ temporal: 'exit 1' });
  script(cached, prints);
  expect(await obtainTemporal({ env, say })).toEqual({ path: cached, from: 'cache' });
});

test('the real server is recognised as one', async () => {
  const { env, say } = machine({ temporal: `exec ${await temporalBinary()} "$@"` });
  expect(await obtainTemporal({ env, say })).toMatchObject({ from: 'path' });
});

test.each([
  [{ HOME: '/home/u' }, '/home/u/.cache'],
  [{ HOME: '/home/u', XDG_CACHE_HOME: '/caches' }, '/caches'],
])('the cache of %j is in %s', (env, caches) => {
  const file = `temporal-v1.4.1-${process.platform}-${process.arch}`;
  expect(cachedServer(env)).toBe(`${caches}/copydesk/${file}`);
});

/** An environment whose downloads go through a proxy at this port. */
const through = (env: Record<string, string>, port: number) => {
  const proxy = `http://127.0.0.1:${port}`;
  return { ...env, HTTPS_PROXY: proxy, https_proxy: proxy };
};

test('a download that is refused or silent is given up with one line and leaves nothing', async () => {
  const { env, said, say, cached } = machine();
  // A proxy without an answer, then none at all.
  const silent = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const options = { env: through(env, (silent.address() as AddressInfo).port), say };
  expect(await downloadRelease(options, cached, { silenceMs: 1_500 })).toEqual({
    failed: 'the download brought no data',
  });
  silent.close();
  await once(silent, 'close');
  expect(await downloadRelease(options, cached)).toEqual({ failed: 'the download failed' });
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
  const { home, env, said, say, cached } = machine({ go });
  const both = await Promise.all([buildWithGo({ env, say }, cached), buildWithGo({ env, say }, cached)]);
  expect(both).toEqual([{ path: cached }, { path: cached }]);
  const runs = readFileSync(join(home, 'runs'), 'utf8').trim().split('\n');
  expect(runs).toEqual([expect.stringContaining('build -mod=readonly')]);
  expect(said[0]).toMatch(/^Building the Temporal server v1\.4\.1 with Go \(2 to 3 minutes/);
  expect(readdirSync(dirname(cached))).toEqual([basename(cached)]);
});

test('a failed build leaves nothing and says how to see its output', async () => {
  const { env, say, cached } = machine({ go: 'exit 7' });
  const failed = expect.stringMatching(/^the build with Go ended with code 7 \(see it: cd/) as string;
  expect(await buildWithGo({ env, say }, cached)).toEqual({ failed });
  expect(existsSync(cached)).toBe(false);
});

test('where every way fails, one line has each of them and the remedies', async () => {
  const { env, say } = machine();
  await expect(obtainTemporal({ env: through(env, 1), say })).rejects.toThrow(
    /^No Temporal server: no temporal on PATH; none cached as \S+; the download failed; no Go on PATH to build it with\. Install .*TEMPORAL_ADDRESS[^\n]*$/,
  );
});

/** A release as GitHub serves it, and its address. */
async function released(program: string): Promise<{ url: string; sha256: string }> {
  const folder = dataFolder();
  script(join(folder, 'temporal'), program);
  execFileSync('tar', ['-czf', join(folder, 'archive.tar.gz'), '-C', folder, 'temporal']);
  const archive = readFileSync(join(folder, 'archive.tar.gz'));
  const server = createHttpServer((_request, answer) => answer.end(archive)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const sha256 = createHash('sha256').update(archive).digest('hex');
  return { url: `http://127.0.0.1:${port}/temporal.tar.gz`, sha256 };
}

test('a download that is the pinned release is kept', async () => {
  const { env, say, cached } = machine();
  const options = { env: { ...env, NO_PROXY: '*' }, say };
  const release = await released(prints);
  expect(await downloadRelease(options, cached, { release })).toEqual({ path: cached });
  expect(readFileSync(cached, 'utf8')).toContain(prints);
});

test('a download that is another file is never run, and leaves nothing', async () => {
  const { env, say, said, cached, hostile, hasRun } = machine();
  const options = { env: { ...env, NO_PROXY: '*' }, say };
  const { url, sha256 } = await released(hostile);
  expect(await downloadRelease(options, cached, { release: { url, sha256: '0'.repeat(64) } })).toEqual({
    failed: `the download is not the release that is pinned (its sha256 is ${sha256})`,
  });
  expect(said).toHaveLength(2);
  expect(readdirSync(dirname(cached))).toEqual([]);
  expect(hasRun()).toBe(false);
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
  const { env, say, cached, hostile, hasRun } = machine();
  script(cached, prints);
  await obtainTemporal({ env, say });
  expect(await obtainTemporal({ env, say })).toMatchObject({ from: 'cache' });
  script(cached, hostile);
  await expect(obtainTemporal({ env, say })).rejects.toThrow(
    /^The Temporal server \S+ is not run: it is not the file that was put there \(sha256 \w{64}, was \w{64}\); remove it[^\n]*$/,
  );
  expect(hasRun()).toBe(false);
});

test.each([
  ['file', (cached: string) => cached],
  ['folder', (cached: string) => dirname(cached)],
])('a cached server whose %s others may write to is not run', async (_what, at) => {
  const { env, say, cached, hostile, hasRun } = machine();
  script(cached, hostile);
  chmodSync(at(cached), 0o777);
  const line = /^The Temporal server is not run: other users may write to [^\n]+$/;
  await expect(obtainTemporal({ env, say })).rejects.toThrow(line);
  expect(hasRun()).toBe(false);
});
