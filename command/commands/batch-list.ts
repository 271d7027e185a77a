import type { Command } from 'commander';
import { runCommand, type Context, type CommandEnd, type CommandRun } from '../context.js';
import { deskApi } from '../../client/desk-api.js';
import { listBatches } from '../../client/lists.js';
import type { DocumentedCommand } from '../manual.js';
import { batchListView } from '../output/batch-view.js';

/** `batch list`: every batch, from the desk. */
export function addBatchList(parent: DocumentedCommand, context: Context): void {
  parent
    .command('list')
    .description('the batches, newest first')
    .manual({
      examples: ['npx copydesk batch list'],
      prints:
        '{ batches: [{ id, account, planner, mix, status, counts, costUsd, budgetUsd, createdAt, offline }] }',
    })
    .action((_, command: Command) => runCommand(context, Boolean(command.optsWithGlobals().json), list));
}

async function list({ settings, output }: CommandRun): CommandEnd {
  const { batches } = await listBatches(deskApi(settings));
  output.result({ batches }, () => batchListView(batches, output.colors));
}
