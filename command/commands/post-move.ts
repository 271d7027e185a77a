import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context } from '../context.js';
import { decideEach, reportDecisions } from '../decisions.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue, publishAtValue } from '../options/values.js';

interface Options {
  readonly at: string;
  readonly by?: string;
}

/** `post move`: another time for a post that is scheduled. */
export function addPostMove(parent: DocumentedCommand, context: Context): void {
  parent
    .command('move')
    .description('give a scheduled post another time')
    .argument('<id>', "the post's id")
    .requiredOption('--at <time>', 'ISO 8601 with zone, or next for the next free slot, or now')
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: [
        'npx copydesk post move UpkTZ26nc9Eb --at 2027-01-31T09:00:00+01:00',
        'npx copydesk post move UpkTZ26nc9Eb --at next',
      ],
      prints: '{ results: [{ id, status, revision }] }',
      notes: ['Its slot is free again at once. The post stays approved as it is.'],
    })
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), async (run) => {
        const post = idValue('id', id);
        const publishAt = publishAtValue('at', options.at, Date.now());
        const by = byValue(options.by);
        return withCopydesk(run, async (copydesk) => {
          const results = await decideEach([post], (each) =>
            copydesk.posts.review(each, { decision: 'reschedule', by, publishAt }),
          );
          return reportDecisions(run.output, results);
        });
      }),
    );
}
