import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context } from '../context.js';
import { decideEach, reportDecisions } from '../decisions.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue, textValue } from '../options/values.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

interface Options {
  readonly by?: string;
  readonly reason: string;
}

/** `reject`: a post that will not be published. */
export function addReject(parent: DocumentedCommand, context: Context): void {
  parent
    .command('reject')
    .description('reject a post that waits for approval')
    .argument('<id>', "the post's id")
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: ['npx copydesk reject UpkTZ26nc9Eb --reason "The figure in line two is last year\'s"'],
      prints: '{ results: [{ id, status, revision }] }',
      notes: ['A rejected post is never published. To have it changed instead, see revise and edit.'],
    })
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), async (run) => {
        const post = idValue('id', id);
        const reason = textValue('reason', options.reason, TEXT_LIMITS.note);
        const by = byValue(options.by);
        return withCopydesk(run, async (copydesk) => {
          const results = await decideEach([post], (each) =>
            copydesk.posts.review(each, { decision: 'reject', by, reason }),
          );
          return reportDecisions(run.output, results);
        });
      }),
    );
}
