import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { runCommand } from '../context.js';
import type { Context } from '../context.js';
import { CopydeskError } from '../errors.js';
import type { DocumentedCommand } from '../manual.js';

/** `up`: server, worker and desk, in a process of their own. */
export function addUp(parent: DocumentedCommand, context: Context): void {
  parent
    .command('up')
    .description('start the server, the worker and the desk: what npm start runs')
    .manual({
      examples: [
        'npx copydesk up',
        'COPYDESK_PORT=8301 COPYDESK_TEMPORAL_PORT=7301 COPYDESK_DATA=var2 npx copydesk up',
      ],
      prints: '{ ready: true, desk, temporal, temporalUi }, once they are ready',
      notes: ['Ctrl-C ends them. What was under way goes on at the next start.'],
    })
    .action((_, command: Command) => {
      const json = Boolean(command.optsWithGlobals().json);
      return runCommand(context, json, () => runUntilEnd(upFile(), json ? ['--json'] : []));
    });
}

function upFile(): string {
  // Run from the sources, it lies there as TypeScript too, and the loader is handed on.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`../../workers/up.${extension}`, import.meta.url));
}

/**
 * Runs a Node program on this terminal until it ends.
 *
 * @returns its exit code, or 128 and the number of the signal that ended it, as shells have it
 * @throws CopydeskError when the file is not there
 */
export function runUntilEnd(file: string, args: readonly string[]): Promise<number> {
  if (!existsSync(file)) throw new CopydeskError(`${file} is not there; build it with npm run build`);
  const child = spawn(process.execPath, [...process.execArgv, file, ...args], { stdio: 'inherit' });
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
