import type { Command } from 'commander';
import { runCommand, withCopydesk } from '../context.js';
import type { Context } from '../context.js';
import { decideEach, reportDecisions } from '../decisions.js';
import { byValue } from '../options/by.js';
import { idValue, textValue } from '../options/values.js';

interface Options {
  readonly by?: string;
  readonly reason: string;
}

/** `reject`: a post that will not be published. */
export function addReject(parent: Command, context: Context): void {
  parent
    .command('reject')
    .description('reject a post that waits for approval')
    .argument('<id>', "the post's id")
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx copydesk reject UpkTZ26nc9Eb --reason "The figure in line two is last year\'s"',
    )
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), async (run) => {
        const post = idValue('id', id);
        const reason = textValue('reason', options.reason, 2_000);
        const by = byValue(options.by);
        return withCopydesk(run, async (copydesk) => {
          const results = await decideEach(copydesk, [post], { decision: 'reject', by, reason });
          return reportDecisions(run.output, results);
        });
      }),
    );
}
