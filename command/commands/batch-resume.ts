import type { Command } from 'commander';
import { stateWords } from '../../contract/states.js';
import { resumeBatch } from '../../client/batch-orders.js';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue } from '../options/values.js';
import { nextBlock } from '../output/next.js';

interface Options {
  readonly by?: string;
}

/** `batch resume`: continues after a pause, a blocked plan, a budget that was too small, or a key that was wrong. */
export function addBatchResume(parent: DocumentedCommand, context: Context): void {
  parent
    .command('resume')
    .description(
      'continue with a batch that is paused or blocked, and with its posts that a budget, a key or an account blocked',
    )
    .argument('<id>', "the batch's id")
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: ['npx copydesk batch resume Zr4hK8vYp1Nc'],
      prints: '{ batchId, status }',
      notes: [
        'A batch pauses itself when a wrong key or an empty account stops three posts in a row; batch status says why.',
        'Posts that are blocked by anything else are resumed one by one: copydesk resume ID.',
      ],
    })
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => resume(run, id, options)),
    );
}

async function resume(run: CommandRun, text: string, options: Options): CommandEnd {
  const batchId = idValue('id', text);
  const by = byValue(options.by);
  await withCopydesk(run, async (copydesk) => {
    const { status } = await resumeBatch(copydesk.batches, batchId, { by });
    run.output.result(
      { batchId, status },
      () =>
        `Batch ${batchId} continues (now ${stateWords(status)}).${nextBlock([`npx copydesk batch status ${batchId} --watch`])}`,
    );
  });
}
