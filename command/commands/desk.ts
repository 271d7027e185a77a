import type { Command } from 'commander';
import { runCommand, type Context } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { programFile, runUntilEnd } from '../run-until-end.js';

/** `desk`: the desk by itself, beside workers of other processes. */
export function addDesk(parent: DocumentedCommand, context: Context): void {
  parent
    .command('desk')
    .description('serve the desk by itself, beside workers of other processes')
    .manual({
      examples: ['npx copydesk desk'],
      prints: '{ ready: true, desk }, once it serves',
      notes: ['It needs the archive on PostgreSQL (DATABASE_URL) and no keys of providers.'],
    })
    .action((_, command: Command) => {
      const json = Boolean(command.optsWithGlobals().json);
      return runCommand(context, json, () => runUntilEnd(programFile('desk'), json ? ['--json'] : []));
    });
}
