import type { Command } from 'commander';
import { runCommand, type Context } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { programFile, runUntilEnd } from '../run-until-end.js';

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
      notes: [
        'Ctrl-C ends them; what was under way continues at the next start. Paid calls are waited for up to COPYDESK_GRACE seconds (60); a second Ctrl-C does not wait.',
      ],
    })
    .action((_, command: Command) => {
      const json = Boolean(command.optsWithGlobals().json);
      return runCommand(context, json, () => runUntilEnd(programFile('up'), json ? ['--json'] : []));
    });
}
