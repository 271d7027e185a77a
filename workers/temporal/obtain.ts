import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { existsSync } from 'node:fs';
import { downloadRelease } from './download.js';
import { buildWithGo } from './go-build.js';
import { isExecutable, onPath } from './on-path.js';
import { cachedServer, TEMPORAL_VERSION } from './pinned.js';
import { requireTrusted, trust } from './trusted.js';
import type { ObtainOptions, Way, WayOutcome } from './obtain-way.js';

export type ServerSource = 'path' | 'cache' | 'download' | 'build';

const WAYS: readonly (readonly [ServerSource, Way])[] = [
  ['path', fromPath],
  ['cache', fromCache],
  ['download', (options, cached) => kept(downloadRelease, options, cached)],
  ['build', (options, cached) => kept(buildWithGo, options, cached)],
];

/**
 * The command that is the Temporal server: one on PATH, one in the user's cache folder, the official release, or a build with
 * Go, in this order. The last two leave theirs in the cache folder, so that a fresh clone need not fetch it again.
 * @throws Error, one line: every way that was tried and the remedies, or why the one in the cache folder is not to be trusted
 */
export async function obtainTemporal(
  options: ObtainOptions,
  ways: typeof WAYS = WAYS,
): Promise<{ path: string; from: ServerSource }> {
  const cached = cachedServer(options.env);
  const failures: string[] = [];
  for (const [from, way] of ways) {
    const outcome = await way(options, cached);
    if ('path' in outcome) return { path: outcome.path, from };
    failures.push(outcome.failed);
  }
  throw new Error(
    `No Temporal server: ${failures.join('; ')}. Install the Temporal CLI so that 'temporal' is on PATH, or Go 1.26 or ` +
      'newer, or set TEMPORAL_ADDRESS to a server of your own',
  );
}

async function fromPath({ env, say }: ObtainOptions): Promise<WayOutcome> {
  const path = onPath('temporal', env);
  if (path === null) return { failed: 'no temporal on PATH' };
  if (!(await runs(path))) return { failed: `${path} on PATH does not run` };
  say(`Using the Temporal server on PATH: ${path}`);
  return { path };
}

async function fromCache({ say }: ObtainOptions, cached: string): Promise<WayOutcome> {
  if (!existsSync(cached)) return { failed: `none cached as ${cached}` };
  await requireTrusted(cached);
  if (!(await runs(cached, TEMPORAL_VERSION))) return { failed: `${cached} does not run` };
  say(`Using the Temporal server built or downloaded before: ${cached}`);
  return { path: cached };
}

/** Writes down what it was that came, once it has shown that it is of the version asked for. */
async function kept(way: Way, options: ObtainOptions, cached: string): Promise<WayOutcome> {
  const outcome = await way(options, cached);
  if ('failed' in outcome) return outcome;
  await trust(cached);
  return (await runs(cached, TEMPORAL_VERSION)) ? outcome : { failed: `${cached} does not run` };
}

/** @param version `v1.4.1`; any when left out */
async function runs(path: string, version = 'v'): Promise<boolean> {
  if (!isExecutable(path)) return false;
  const run = promisify(execFile);
  return await run(path, ['--version'], { timeout: 20_000 }).then(
    ({ stdout }) => stdout.includes(`temporal version ${version.slice(1)}`),
    () => false,
  );
}
