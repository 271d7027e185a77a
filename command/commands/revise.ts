import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import { decideEach, reportDecisions } from '../decisions.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue, optional, redoValue, textValue } from '../options/values.js';
import { TEXT_LIMITS } from '../../contract/limits.js';
import { REDO_KINDS } from '../../contract/states.js';

interface Options {
  readonly note: string;
  readonly redo?: string;
  readonly by?: string;
}

/** `revise`: what the model made is made again, with a person's words. */
export function addRevise(parent: DocumentedCommand, context: Context): void {
  parent
    .command('revise')
    .description('have a post made again, in part or in whole, as you say')
    .argument('<id>', "the post's id")
    .requiredOption('--note <text>', 'what the model is told, at most 4000 characters')
    .choice('--redo <what>', 'what is made again (default: text)', REDO_KINDS)
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: [
        'npx copydesk revise UpkTZ26nc9Eb --note "Shorter, and name the source of the figure"',
        'npx copydesk revise UpkTZ26nc9Eb --redo image --note "No people, more light"',
      ],
      prints: '{ results: [{ id, status, revision }] }',
      notes: [
        'It makes the next revision, which waits for a person. image makes the picture again, and the clip that is made from it; video the clip alone; all everything. What is made again is paid for again.',
      ],
    })
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => revise(run, id, options)),
    );
}

async function revise(run: CommandRun, text: string, options: Options): CommandEnd {
  const id = idValue('id', text);
  const instructions = textValue('note', options.note, TEXT_LIMITS.note);
  const redo = optional(options.redo, redoValue);
  const by = byValue(options.by);
  return withCopydesk(run, async (copydesk) => {
    const results = await decideEach([id], (each) =>
      copydesk.posts.review(each, { decision: 'revise', by, instructions, redo }),
    );
    return reportDecisions(run.output, results);
  });
}
