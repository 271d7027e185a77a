import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context } from '../context.js';
import { decideEach, reportDecisions } from '../decisions.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue, optional, textValue } from '../options/values.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

interface Options {
  readonly by?: string;
  readonly reason?: string;
}

/** `post cancel`: ends a post that is not published yet. */
export function addPostCancel(parent: DocumentedCommand, context: Context): void {
  parent
    .command('cancel')
    .description('cancel a post that is not published yet')
    .argument('<id>', "the post's id")
    .option('--reason <text>', 'why, for the record')
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: ['npx copydesk post cancel UpkTZ26nc9Eb --reason "Overtaken by events"'],
      prints: '{ results: [{ id, status, revision }] }',
    })
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), async (run) => {
        const post = idValue('id', id);
        const reason = optional(options.reason, (text) => textValue('reason', text, TEXT_LIMITS.note));
        const by = byValue(options.by);
        return withCopydesk(run, async (copydesk) => {
          const results = await decideEach([post], (each) =>
            copydesk.posts.review(each, { decision: 'cancel', by, reason }),
          );
          return reportDecisions(run.output, results);
        });
      }),
    );
}
