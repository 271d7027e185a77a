import type { Command } from 'commander';
import { isBatchFinal, stateWords } from '../../contract/states.js';
import { cancelBatch } from '../../client/batch-orders.js';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue, optional, textValue } from '../options/values.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

interface Options {
  readonly by?: string;
  readonly reason?: string;
}

/** `batch cancel`: ends a batch and its unpublished posts. */
export function addBatchCancel(parent: DocumentedCommand, context: Context): void {
  parent
    .command('cancel')
    .description('cancel a batch and its posts that are not published yet')
    .argument('<id>', "the batch's id")
    .option('--reason <text>', 'why, for the record of its posts')
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: ['npx copydesk batch cancel Zr4hK8vYp1Nc', 'npx copydesk batch cancel Zr4hK8vYp1Nc --by ana'],
      prints: '{ batchId, status }',
      notes: ['What was published stays.'],
    })
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => cancel(run, id, options)),
    );
}

async function cancel(run: CommandRun, text: string, options: Options): CommandEnd {
  const id = idValue('id', text);
  const reason = optional(options.reason, (given) => textValue('reason', given, TEXT_LIMITS.note));
  const by = byValue(options.by);
  await withCopydesk(run, async (copydesk) => {
    const { status } = await cancelBatch(copydesk.batches, id, { by, reason });
    run.output.result({ batchId: id, status }, () =>
      isBatchFinal(status)
        ? `Batch ${id} is ${status}; what was published stays.`
        : `Batch ${id} is being cancelled (now ${stateWords(status)}).`,
    );
  });
}
