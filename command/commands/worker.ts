import type { Command } from 'commander';
import { QUEUE_NAMES } from '../../contract/task-queues.js';
import { runCommand, type Context } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { queuesValue } from '../options/values.js';
import { programFile, runUntilEnd } from '../run-until-end.js';

interface Options {
  readonly queues?: string;
}

/** `worker`: the worker by itself, beside a Temporal server and an archive that are there already. */
export function addWorker(parent: DocumentedCommand, context: Context): void {
  parent
    .command('worker')
    .description('run a worker by itself, for all task queues or some')
    .option('--queues <list>', `some of ${QUEUE_NAMES.join(', ')}, with commas between (default: all)`)
    .manual({
      examples: ['npx copydesk worker', 'npx copydesk worker --queues text,media'],
      prints: '{ ready: true, temporal, namespace, queues: [] }, once it polls',
      notes: [
        'It needs the keys of its own queues only: OPENAI_API_KEY for text, FAL_KEY for media, the credentials of the targets for publish. Each queue needs a worker somewhere; what has none waits.',
        'Ctrl-C or SIGTERM stops it: it takes nothing new, waits for paid calls that are under way up to COPYDESK_GRACE seconds (300), and leaves the rest to the next worker. A second one, a second later or more, does not wait.',
      ],
    })
    .action((options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), ({ output }) => {
        const queues = queuesValue(options.queues);
        const args = ['--queues', queues.join(','), ...(output.json ? ['--json'] : [])];
        return runUntilEnd(programFile('worker'), args);
      }),
    );
}
