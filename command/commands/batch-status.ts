import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { idValue } from '../options/values.js';
import { batchView } from '../output/batch-view.js';
import { createLive } from '../output/live.js';
import { followBatch } from '../watch.js';

/** `batch status`: the batch's status document. */
export function addBatchStatus(parent: DocumentedCommand, context: Context): void {
  parent
    .command('status')
    .description('what a batch has made, what it cost and what waits for a person')
    .argument('<id>', "the batch's id")
    .option('--watch', 'until each post waits for a person or is final')
    .manual({
      examples: [
        'npx copydesk batch status Zr4hK8vYp1Nc --watch',
        'npx copydesk batch status Zr4hK8vYp1Nc --json',
      ],
      prints: "the batch's status document",
    })
    .action((id: string, options: { watch?: boolean }, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) =>
        status(run, idValue('id', id), Boolean(options.watch)),
      ),
    );
}

async function status(run: CommandRun, id: string, watch: boolean): CommandEnd {
  await withCopydesk(run, async (copydesk) => {
    const { output, settings, stderr } = run;
    const document = watch
      ? await followBatch(copydesk.batches, id, await createLive(stderr, () => performance.now()))
      : await copydesk.batches.status(id);
    output.result(document, () => batchView(document, output.colors, settings.url));
  });
}
