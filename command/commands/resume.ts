import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import { decideEach, reportDecisions } from '../decisions.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValues, optional, textValue } from '../options/values.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

interface Options {
  readonly note?: string;
  readonly by?: string;
}

/** `resume`: posts that are blocked try again. */
export function addResume(parent: DocumentedCommand, context: Context): void {
  parent
    .command('resume')
    .description(
      'have blocked posts try the step again that could not go on, and published ones the targets that failed',
    )
    .argument('<id...>', "the posts' ids")
    .option('--note <text>', 'a note for the record')
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: [
        'npx copydesk resume UpkTZ26nc9Eb',
        'npx copydesk resume UpkTZ26nc9Eb b7Qm2LxT0sWd --note "New key is in place"',
      ],
      prints: '{ results: [{ id, status, revision }] }',
      notes: [
        'copydesk post status ID says why a post is blocked. One that is blocked by the budget continues with batch budget and batch resume.',
        'A published post with a target that failed waits for this for 30 days; the targets that have it are left alone. Where nothing failed it is refused.',
      ],
    })
    .action((ids: string[], options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => resume(run, ids, options)),
    );
}

async function resume(run: CommandRun, texts: readonly string[], options: Options): CommandEnd {
  const ids = idValues(texts);
  const note = optional(options.note, (text) => textValue('note', text, TEXT_LIMITS.note));
  const by = byValue(options.by);
  return withCopydesk(run, async (copydesk) => {
    const results = await decideEach(ids, (id) =>
      copydesk.posts.review(id, { decision: 'resume', by, note }),
    );
    return reportDecisions(run.output, results);
  });
}
