import type { Command } from 'commander';
import { checkPrices } from '../../contract/money/prices/check.js';
import { PRICES_AS_OF } from '../../contract/money/prices/table.js';
import { runCommand, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { pricesView } from '../output/prices-view.js';

/** `prices check`: what the accounts use and the price table lacks, or has of long ago. It needs no server. */
export function addPricesCheck(parent: DocumentedCommand, context: Context): void {
  parent
    .command('check')
    .description('name the models of the account files whose price is not known, or older than 90 days')
    .manual({
      examples: ['npx copydesk prices check', 'npx copydesk prices check --json'],
      prints:
        "{ prices: [{ model, kind, accounts, unitPrice, asOf, source, problem: null | 'missing' | 'old' }], asOf }",
      notes: [
        'Estimates and budgets count with these prices. For a model that is not in the table the dearest price that we know of its kind stands in; its asOf and source are null. A picture or clip is charged at the price that fal itself tells at the time, and at the one of the table only where fal does not answer.',
        'It needs no server. The exit code is 1 when any price is missing or old, and 2 when an account file has a problem. asOf at the end is the day on which the whole table was last gone through.',
      ],
    })
    .action((_, command: Command) => runCommand(context, Boolean(command.optsWithGlobals().json), check));
}

async function check({ settings, output }: CommandRun): CommandEnd {
  const { loadAccounts } = await import('../../config/accounts/load.js');
  const today = Date.now();
  const prices = checkPrices(await loadAccounts(settings.accounts), today, settings.text?.rate ?? null);
  output.result({ prices, asOf: PRICES_AS_OF }, () =>
    prices.length === 0
      ? `No account file in ${settings.accounts}; docs/accounts.md shows how to write one.`
      : pricesView(prices, today, output.colors),
  );
  return prices.some(({ problem }) => problem !== null) ? 1 : 0;
}
