import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../root.js';
import { TEMPORAL_VERSION } from './pinned.js';
import type { ObtainOptions, WayOutcome } from './way.js';

/** A download that brings nothing for this long is given up; one that goes on may take its time. */
const SILENCE_MS = 20_000;

/**
 * Lets the SDK download the Temporal server, in a process of its own: the download can't be called off, and it would fix the
 * settings of the SDK's runtime before the worker could.
 * @param cached where the server is kept, if that works
 */
export async function downloadBySdk(
  { env, say }: ObtainOptions,
  cached: string,
  silenceMs = SILENCE_MS,
): Promise<WayOutcome> {
  say(
    `Downloading the Temporal server ${TEMPORAL_VERSION} with the SDK ` +
      `(under a minute, once; given up after ${silenceMs / 1000} seconds without data)…`,
  );
  mkdirSync(dirname(cached), { recursive: true });
  const folder = mkdtempSync(join(dirname(cached), 'download-'));
  try {
    const script = join(packageRoot(), 'tools', 'temporal', 'download.mjs');
    const child = spawn(process.execPath, [script, folder, TEMPORAL_VERSION], {
      env: { ...env },
      stdio: 'ignore',
    });
    const outcome = await watch(child, folder, silenceMs);
    const [file] = outcome === 'done' ? readdirSync(folder) : [];
    if (file === undefined) {
      const failed = `the SDK's download ${outcome === 'silent' ? 'brought no data' : 'failed'}`;
      say(`No luck: ${failed}.`);
      return { failed };
    }
    chmodSync(join(folder, file), 0o755);
    renameSync(join(folder, file), cached);
    return { path: cached };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits for the download's end, and ends it itself when its folder has not grown for `silenceMs`. */
async function watch(
  child: ChildProcess,
  folder: string,
  silenceMs: number,
): Promise<'done' | 'failed' | 'silent'> {
  let size = 0;
  let grewAt = Date.now();
  let silent = false;
  const timer = setInterval(() => {
    const now = sizeOf(folder);
    if (now !== size) [size, grewAt] = [now, Date.now()];
    else if (Date.now() - grewAt > silenceMs) silent = child.kill('SIGKILL');
  }, 100);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', resolve);
  });
  clearInterval(timer);
  if (silent) return 'silent';
  return code === 0 ? 'done' : 'failed';
}

function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => {
    return sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}
