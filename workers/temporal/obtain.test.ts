import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { downloadBySdk } from './download.js';
import { buildWithGo } from './go-build.js';
import { obtainTemporal } from './obtain.js';
import { cachedServer } from './pinned.js';
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
  // The SDK's client goes through the proxy that the environment names: here one without an answer, then none at all.
  const silent = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const through = {
    ...env,
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
    https_proxy: `http://127.0.0.1:${port}`,
  };
  expect(await downloadBySdk({ env: through, say }, cached, 1_500)).toEqual({
    failed: "the SDK's download brought no data",
  });
  silent.close();
  await once(silent, 'close');
  expect(await downloadBySdk({ env: through, say }, cached)).toEqual({ failed: "the SDK's download failed" });
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
    /^No Temporal server: no temporal on PATH; none cached as \S+; the SDK's download failed; no Go on PATH to build it with\. Install .*TEMPORAL_ADDRESS[^\n]*$/,
  );
});
