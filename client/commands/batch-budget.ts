import type { Command } from 'commander';
import { toUsd } from '../../contract/money.js';
import type { BatchStatus } from '../../contract/status.js';
import { orderBatch } from '../batch-order.js';
import { runCommand, withCopydesk } from '../context.js';
import type { Context, Ending, Run } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue } from '../options/by.js';
import { idValue, usdValue } from '../options/values.js';
import { nextBlock } from '../output/next.js';
import { usd } from '../output/words.js';

interface Options {
  readonly by?: string;
}

/** `batch budget`: what a batch may spend from now on. */
export function addBatchBudget(parent: DocumentedCommand, context: Context): void {
  parent
    .command('budget')
    .description('set the most that a batch may spend')
    .argument('<id>', "the batch's id")
    .argument('<usd>', 'in US dollars, what was spent so far included')
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: ['npx copydesk batch budget Zr4hK8vYp1Nc 7.50'],
      prints: '{ batchId, status }',
      notes: ['Posts that the old budget blocked go on with copydesk batch resume.'],
    })
    .action((id: string, amount: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) =>
        setBudget(run, id, amount, options),
      ),
    );
}

async function setBudget(run: Run, text: string, amount: string, options: Options): Ending {
  const batchId = idValue('id', text);
  const budgetUsd = toUsd(usdValue('usd', amount));
  const by = byValue(options.by);
  await withCopydesk(run, async (copydesk) => {
    const status = await orderBatch(copydesk, {
      batchId,
      name: 'budget',
      send: () => copydesk.setBudget(batchId, { by, usd: budgetUsd }),
      shows: (now) => now.budgetUsd === budgetUsd,
    });
    run.output.result({ batchId, status: status.status }, () => budgetText(status));
  });
}

function budgetText(status: BatchStatus): string {
  const { id, budgetUsd, costUsd } = status;
  const halted = status.status === 'blocked' || status.posts.some((post) => post.status === 'blocked');
  const next = halted ? [`npx copydesk batch resume ${id}`] : [];
  return `Batch ${id} may spend ${usd(budgetUsd)}; ${usd(costUsd)} is spent.${nextBlock(next)}`;
}
