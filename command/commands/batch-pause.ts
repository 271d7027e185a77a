import type { Command } from 'commander';
import { pauseBatch } from '../../client/batch-orders.js';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue } from '../options/values.js';
import { nextBlock } from '../output/next.js';

interface Options {
  readonly by?: string;
}

/** `batch pause`: nothing new is started until it is resumed. */
export function addBatchPause(parent: DocumentedCommand, context: Context): void {
  parent
    .command('pause')
    .description('start nothing new in a batch until it is resumed')
    .argument('<id>', "the batch's id")
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: ['npx copydesk batch pause Zr4hK8vYp1Nc'],
      prints: '{ batchId, status }',
      notes: ['Posts that are at work continue to their gate. Decisions are taken as before.'],
    })
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => pause(run, id, options)),
    );
}

async function pause(run: CommandRun, text: string, options: Options): CommandEnd {
  const batchId = idValue('id', text);
  const by = byValue(options.by);
  await withCopydesk(run, async (copydesk) => {
    const { status } = await pauseBatch(copydesk.batches, batchId, { by });
    run.output.result(
      { batchId, status },
      () => `Batch ${batchId} is ${status}.${nextBlock([`npx copydesk batch resume ${batchId}`])}`,
    );
  });
}
