import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { isBatchFinal, stateWords } from '../../contract/states.js';
import type { BatchState } from '../../contract/states.js';
import type { Copydesk } from '../../client/copydesk.js';
import { runCommand, withCopydesk } from '../context.js';
import type { Context, Ending, CommandRun } from '../context.js';
import { NoWorkerError, UndeliveredError } from '../../client/errors.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue } from '../options/by.js';
import { idValue, optional, textValue } from '../options/values.js';

const PATIENCE_MS = 10_000;
const EVERY_MS = 250;

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

async function cancel(run: CommandRun, text: string, options: Options): Ending {
  const id = idValue('id', text);
  const reason = optional(options.reason, (given) => textValue('reason', given, 2_000));
  const by = byValue(options.by);
  await withCopydesk(run, async (copydesk) => {
    await copydesk.batches.cancel(id, { by, reason });
    const status = await settledState(copydesk, id).catch((error: unknown) => {
      throw error instanceof NoWorkerError
        ? new UndeliveredError(`the cancellation of batch ${id}`, error)
        : error;
    });
    run.output.result({ batchId: id, status }, () =>
      isBatchFinal(status)
        ? `Batch ${id} is ${status}; what was published stays.`
        : `Batch ${id} is being cancelled (now ${stateWords(status)}).`,
    );
  });
}

/** The batch's state once it has ended, or after 10 seconds the one it is in. */
async function settledState(copydesk: Copydesk, id: string): Promise<BatchState> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const { status } = await copydesk.batches.status(id);
    if (isBatchFinal(status) || performance.now() > until) return status;
    await sleep(EVERY_MS);
  }
}
