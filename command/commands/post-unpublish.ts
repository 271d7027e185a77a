import type { Command } from 'commander';
import { stateWords } from '../../contract/states.js';
import { runCommand, withCopydesk, type Context } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue, optional, textValue } from '../options/values.js';
import { printableLine } from '../output/printable.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

interface Options {
  readonly by?: string;
  readonly reason?: string;
}

/** `post unpublish`: takes a published post back. */
export function addPostUnpublish(parent: DocumentedCommand, context: Context): void {
  parent
    .command('unpublish')
    .description('take a published post back')
    .argument('<id>', "the post's id")
    .option('--reason <text>', 'why, for the record')
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: ['npx copydesk post unpublish UpkTZ26nc9Eb --reason "The figures were wrong"'],
      prints: '{ status }',
      notes: [
        'Its page answers 410 and its feeds drop it at once; each target is asked to delete it, and the record stays and says what came of it.',
        'Asked again, it asks the targets that kept it once more.',
      ],
    })
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), async (run) => {
        const post = idValue('id', id);
        const reason = optional(options.reason, (text) => textValue('reason', text, TEXT_LIMITS.note));
        const by = byValue(options.by);
        return withCopydesk(run, async (copydesk) => {
          const { status, keptBy } = await copydesk.posts.unpublish(post, { by, reason });
          run.output.result({ status }, () => `${post} is ${stateWords(status)}${keptWords(post, keptBy)}`);
        });
      }),
    );
}

const keptWords = (post: string, keptBy: readonly string[]): string =>
  keptBy.length === 0
    ? ''
    : `, and still at ${keptBy.map(printableLine).join(', ')}: npx copydesk post status ${post} says why`;
