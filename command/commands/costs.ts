import type { Command } from 'commander';
import { COST_KEYS } from '../../contract/money/charge.js';
import { runCommand, type Context, type CommandEnd, type CommandRun } from '../context.js';
import { deskApi } from '../../client/desk-api.js';
import { UsageError } from '../../contract/errors.js';
import { listCosts } from '../../client/lists.js';
import type { DocumentedCommand } from '../manual.js';
import { readOneOf, optional, sinceValue } from '../options/values.js';
import { costsCsv, costsView, offlineNote } from '../output/costs-view.js';
import { addCostsReconcile } from './costs-reconcile.js';

interface Options {
  readonly by?: string;
  readonly since?: string;
  readonly csv?: boolean;
}

/** `costs`: what was really paid, from the desk. */
export function addCosts(parent: DocumentedCommand, context: Context): void {
  const costs = parent
    .command('costs')
    .description('what was paid for all batches, and how much of it was wasted')
    .choice('--by <key>', 'what a row sums (default: day)', COST_KEYS)
    .option('--since <date>', 'only from this date (UTC) or ISO 8601 time on')
    .option('--csv', 'the rows as CSV, in US dollars, without the total')
    .manual({
      examples: ['npx copydesk costs', 'npx copydesk costs --by model --since 2026-11-01 --csv'],
      prints: '{ rows: [{ key, costUsd, wastedUsd, unknownUsd, charges }], total: { the same } }',
      notes: [
        'Wasted is the part of the cost whose output was not used: it was refused or made again, or its post was rejected, cancelled, expired or failed. Unknown are estimates of calls whose price is not known, such as lost ones; they are no part of the cost. What stand-ins charge never counts.',
        'Days are days of UTC. --csv and --json exclude each other.',
      ],
    })
    .action((options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => show(run, options)),
    );
  addCostsReconcile(costs, context);
}

async function show({ settings, output }: CommandRun, options: Options): CommandEnd {
  const by = readOneOf('by', options.by ?? 'day', COST_KEYS);
  const since = optional(options.since, (text) => sinceValue('since', text));
  if (options.csv && output.json) throw new UsageError('csv', '--csv and --json exclude each other');
  const costs = await listCosts(deskApi(settings), { by, since });
  const { rows, total, offlineCharges } = costs;
  if (options.csv && offlineCharges > 0) output.note(offlineNote(offlineCharges));
  output.result({ rows, total }, () => (options.csv ? costsCsv(rows, by) : costsView(costs, { by, since })));
}
