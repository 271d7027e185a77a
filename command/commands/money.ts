import { deskApi } from '../../client/desk-api.js';
import { listCosts } from '../../client/lists.js';
import { UsageError } from '../../contract/errors.js';
import { COST_KEYS } from '../../contract/money/charge.js';
import { checkPrices } from '../../contract/money/prices/check.js';
import { PRICES_AS_OF } from '../../contract/money/prices/table.js';
import { withCopydesk } from '../context.js';
import { choice, defineCommand, flag, option, type Definition } from '../define.js';
import { handleValue, sinceValue } from '../options/values.js';
import { costsCsv, costsView, offlineNote, pricesView, reconcileView } from '../output/money-view.js';
import { createPace } from '../output/output.js';

/** What was counted, against what fal billed. */
const costsReconcile = defineCommand({
  name: 'reconcile',
  about: 'compare what was counted with what fal billed, post by post, and keep the bills',
  takes: {
    since: option('--since <date>', 'only charges from this date (UTC) or ISO 8601 time on', sinceValue),
    account: option('--account <handle>', 'only posts of this account', handleValue),
  },
  examples: ['npx copydesk costs reconcile', 'npx copydesk costs reconcile --since 2026-11-01 --json'],
  prints:
    '{ provider, offline, posts: [{ id, account, charges, costUsd, unknownUsd, providerUsd, billedUsd, differenceUsd, unbilled }], total: { posts, the same sums, differing }, notSeen: [sentences], checkedAt }',
  notes: [
    'It asks fal for the billing events of every picture and clip in the archive. What was billed stands beside the cost as billedUsd; the cost stays as it was decided. Listed are the posts that were billed other than counted, or not yet; --json lists the others too, 500 posts at most. It may be repeated; a later correction is kept as a bill of its own.',
    "fal shows its bills to an admin key: set FAL_ADMIN_KEY for the worker. While fal is played by the stand-in, the stand-in's bills are compared.",
  ],
  async run(run, { since, account }) {
    const filter = { ...(since !== undefined && { since }), ...(account !== undefined && { account }) };
    const pace = createPace(run.output);
    const compared = await withCopydesk(run, (copydesk) =>
      copydesk.reconcile(filter, ({ asked, charges }) =>
        pace(() => `asking fal what it billed: ${asked} of ${charges} charges`),
      ),
    );
    run.output.result(compared, (width) => reconcileView(compared, width));
  },
});

/** What was really paid, from the desk. */
export const costs = defineCommand({
  name: 'costs',
  about: 'what was paid for all batches, and how much of it was wasted',
  takes: {
    by: choice('--by <key>', 'what a row sums (default: day)', COST_KEYS),
    since: option('--since <date>', 'only from this date (UTC) or ISO 8601 time on', sinceValue),
    csv: flag('--csv', 'the rows as CSV, in US dollars, without the total'),
  },
  under: [costsReconcile],
  examples: ['npx copydesk costs', 'npx copydesk costs --by model --since 2026-11-01 --csv'],
  prints: '{ rows: [{ key, costUsd, wastedUsd, unknownUsd, charges }], total: { the same } }',
  notes: [
    'Wasted is the part of the cost whose output was not used: it was refused or made again, or its post was rejected, cancelled, expired or failed. Unknown are estimates of calls whose price is not known, such as lost ones; they are no part of the cost. What stand-ins charge never counts.',
    'Days are days of UTC. --csv and --json exclude each other.',
  ],
  async run({ settings, output }, { by = 'day', since, csv }) {
    if (csv && output.json) throw new UsageError('csv', '--csv and --json exclude each other');
    const list = await listCosts(deskApi(settings), { by, since });
    const { rows, total, offlineCharges } = list;
    if (csv && offlineCharges > 0) output.note(offlineNote(offlineCharges));
    output.result({ rows, total }, (width) =>
      csv ? costsCsv(rows, by) : costsView(list, { by, since, width }),
    );
  },
});

/** What the accounts use and the price table lacks, or has of long ago. */
const pricesCheck = defineCommand({
  name: 'check',
  about: 'name the models of the account files whose price is not known, or older than 90 days',
  examples: ['npx copydesk prices check', 'npx copydesk prices check --json'],
  prints:
    "{ prices: [{ model, kind, accounts, unitPrice, asOf, source, problem: null | 'missing' | 'old' }], asOf }",
  notes: [
    'Estimates and budgets count with these prices. For a model that is not in the table the dearest price that we know of its kind stands in; its asOf and source are null. A picture or clip is charged at the price that fal itself tells at the time, and at the one of the table only where fal does not answer.',
    'It needs no server. The exit code is 1 when any price is missing or old, and 2 when an account file has a problem. asOf at the end is the day on which the whole table was last gone through.',
  ],
  async run({ settings, output }) {
    const { loadAccounts } = await import('../../config/accounts/load.js');
    const today = Date.now();
    const prices = checkPrices(await loadAccounts(settings.accounts), today, settings.text?.rate ?? null);
    output.result({ prices, asOf: PRICES_AS_OF }, (width) =>
      prices.length === 0
        ? `No account file in ${settings.accounts}; docs/accounts.md shows how to write one.`
        : pricesView(prices, today, output.colors, width),
    );
    return prices.some(({ problem }) => problem !== null) ? 1 : 0;
  },
});

export const prices: Definition = {
  name: 'prices',
  about: 'the table of prices that estimates and budgets count with',
  examples: ['npx copydesk prices check'],
  under: [pricesCheck],
};
