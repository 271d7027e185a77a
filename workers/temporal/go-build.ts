import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lock } from 'proper-lockfile';
import type { Environment } from '../../config/settings.js';
import { packageRoot } from '../../services/package-root.js';
import { onPath } from './on-path.js';
import { TEMPORAL_VERSION } from './pinned.js';
import type { ObtainOptions, WayOutcome } from './obtain-way.js';

const COMMAND = 'github.com/temporalio/cli/cmd/temporal';

/**
 * Builds the official Temporal command from the module in tools/temporal, whose go.sum pins every source. Of two builds at a
 * time one waits for the other's result.
 * @param cached where the server is kept; it appears there whole or not at all
 */
export async function buildWithGo({ env, say }: ObtainOptions, cached: string): Promise<WayOutcome> {
  const go = onPath('go', env);
  if (go === null) return { failed: 'no Go on PATH to build it with' };
  say(
    `Building the Temporal server ${TEMPORAL_VERSION} with Go (2 to 3 minutes on 2 idle cores, once; kept as ${cached})…`,
  );
  mkdirSync(dirname(cached), { recursive: true });
  const release = await lock(dirname(cached), {
    lockfilePath: `${cached}.lock`,
    stale: 15_000,
    retries: { retries: 900, factor: 1, minTimeout: 1_000, maxTimeout: 1_000 },
  });
  try {
    if (existsSync(cached)) return { path: cached };
    const code = await build(go, env, cached);
    if (code === 0) return { path: cached };
    return {
      failed: `the build with Go ended with code ${code} (see it: cd tools/temporal && go build ${COMMAND})`,
    };
  } finally {
    await release();
  }
}

/** In a copy of the module: Go may tidy the files of the one it builds. */
async function build(go: string, env: Environment, cached: string): Promise<number> {
  const module = mkdtempSync(join(tmpdir(), 'copydesk-temporal-'));
  const draft = `${cached}.${process.pid}`;
  try {
    for (const file of ['go.mod', 'go.sum'])
      copyFileSync(join(packageRoot(), 'tools', 'temporal', file), join(module, file));
    const version = `-X github.com/temporalio/cli/temporalcli.Version=${TEMPORAL_VERSION.slice(1)}`;
    const code = await run(
      go,
      ['build', '-mod=readonly', '-trimpath', '-ldflags', `-s -w ${version}`, '-o', draft, COMMAND],
      // Flags of the user's own, a workspace or a C compiler must not change what is built.
      { cwd: module, env: { ...env, GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' } },
    );
    if (code === 0) renameSync(draft, cached);
    return code;
  } finally {
    rmSync(module, { recursive: true, force: true });
    rmSync(draft, { force: true });
  }
}

function run(go: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(go, args, { ...options, stdio: 'ignore' });
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
