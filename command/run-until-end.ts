import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { CopydeskError } from '../contract/errors.js';

/** A program of `workers/`, which the command starts and may not import. */
export function programFile(name: 'up' | 'worker' | 'desk' | 'check-targets'): string {
  // Run from the sources, it lies there as TypeScript too, and the loader is handed on.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`../workers/${name}.${extension}`, import.meta.url));
}

/**
 * For the memory of glibc, which gives each of a process's many threads an arena of its own, raises the size from which a block is
 * given back by itself with each large one that is freed, and so keeps most of what a batch needed (`docs/decisions/020-lean.md`).
 * Elsewhere it means nothing. A process can only be started with it; `npm start` and the image do the same.
 */
export const GLIBC_TUNABLES =
  'glibc.malloc.arena_max=2:glibc.malloc.mmap_threshold=131072:glibc.malloc.trim_threshold=131072';

/**
 * Runs a Node program on this terminal until it ends.
 *
 * @returns its exit code, or 128 and the number of the signal that ended it, as shells have it
 * @throws CopydeskError when the file is not there
 */
export function runUntilEnd(file: string, args: readonly string[]): Promise<number> {
  if (!existsSync(file)) throw new CopydeskError(`${file} is not there; build it with npm run build`);
  const env = { GLIBC_TUNABLES, ...process.env };
  const child = spawn(process.execPath, [...process.execArgv, file, ...args], { stdio: 'inherit', env });
  // A terminal sends Ctrl-C to the child as well, which ends in its own time.
  const ignore = (): void => {};
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', ignore).on('SIGTERM', forward).on('SIGHUP', forward);
  return new Promise<number>((resolve, reject) => {
    child.once('error', (error) => reject(new CopydeskError(`can't run ${file}: ${error.message}`)));
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)));
  }).finally(() => {
    process.off('SIGINT', ignore).off('SIGTERM', forward).off('SIGHUP', forward);
  });
}
