import type { Command } from 'commander';
import type { SetBudget } from '../../contract/messages.js';
import { dollars, toUsd } from '../../contract/money/nano.js';
import type { BatchStatus } from '../../contract/status.js';
import { setBatchBudget } from '../../client/batch-orders.js';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue, usdValue } from '../options/values.js';
import { nextBlock } from '../output/next.js';

interface Options {
  readonly month?: boolean;
  readonly by?: string;
}

/** `batch budget`: what a batch, or its account in a month, may spend from now on. */
export function addBatchBudget(parent: DocumentedCommand, context: Context): void {
  parent
    .command('budget')
    .description('set the most that a batch may spend, or its account in a month')
    .argument('<id>', "the batch's id")
    .argument('<usd>', 'in US dollars, what was spent so far included')
    .option('--month', 'what the account may spend in a calendar month of UTC, as far as this batch goes')
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: [
        'npx copydesk batch budget Zr4hK8vYp1Nc 7.50',
        'npx copydesk batch budget Zr4hK8vYp1Nc 80 --month',
      ],
      prints: '{ batchId, status }',
      notes: [
        'Posts that the old budget blocked continue with copydesk batch resume.',
        "--month sets the limit that this batch is held to from now on; the account's other batches keep theirs, and budget.month of the account file counts for batches to come. No status shows it, so the command says that it was delivered, not that it was seen to take effect.",
      ],
    })
    .action((id: string, amount: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) =>
        setBudget(run, id, amount, options),
      ),
    );
}

async function setBudget(run: CommandRun, text: string, amount: string, options: Options): CommandEnd {
  const batchId = idValue('id', text);
  const usd = toUsd(usdValue('usd', amount));
  const budget = { by: byValue(options.by), usd, ...(options.month && { of: 'month' as const }) };
  await withCopydesk(run, async (copydesk) => {
    const status = await setBatchBudget(copydesk.batches, batchId, budget);
    run.output.result({ batchId, status: status.status }, () => budgetText(status, budget));
  });
}

/** What a person reads of it, with what continues now. */
export function budgetText(status: BatchStatus, { usd, of }: SetBudget): string {
  const { id, account, posts } = status;
  const halted = status.status === 'blocked' || posts.some((post) => post.status === 'blocked');
  const next = nextBlock(halted ? [`npx copydesk batch resume ${id}`] : []);
  return of === 'month'
    ? `Delivered: @${account} may spend ${dollars(usd)} a month as far as batch ${id} goes.${next}`
    : `Batch ${id} may spend ${dollars(usd)}; ${dollars(status.costUsd)} is spent.${next}`;
}
