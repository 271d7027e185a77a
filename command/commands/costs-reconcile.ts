import type { Command } from 'commander';
import type { ReconcileProgress } from '../../contract/reconcile.js';
import { createPace } from '../pace.js';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import { UsageError } from '../../contract/errors.js';
import type { DocumentedCommand } from '../manual.js';
import { handleValue, optional, sinceValue } from '../options/values.js';
import { reconcileView } from '../output/reconcile-view.js';

interface Options {
  readonly since?: string;
  readonly account?: string;
}

/** `costs reconcile`: what was counted, against what fal billed. */
export function addCostsReconcile(parent: DocumentedCommand, context: Context): void {
  parent
    .command('reconcile')
    .description('compare what was counted with what fal billed, post by post, and keep the bills')
    .option('--since <date>', 'only charges from this date (UTC) or ISO 8601 time on')
    .option('--account <handle>', 'only posts of this account')
    .manual({
      examples: ['npx copydesk costs reconcile', 'npx copydesk costs reconcile --since 2026-11-01 --json'],
      prints:
        '{ provider, offline, posts: [{ id, account, charges, costUsd, unknownUsd, providerUsd, billedUsd, differenceUsd, unbilled }], total: { posts, the same sums, differing }, notSeen: [sentences], checkedAt }',
      notes: [
        'It asks fal for the billing events of every picture and clip in the archive. What was billed stands beside the cost as billedUsd; the cost stays as it was decided. Listed are the posts that were billed other than counted, or not yet; --json lists the others too, 500 posts at most. It may be repeated; a later correction is kept as a bill of its own.',
        "fal shows its bills to an admin key: set FAL_ADMIN_KEY for the worker. While fal is played by the stand-in, the stand-in's bills are compared.",
      ],
    })
    .action((_, command: Command) => {
      // The parser hands `--since` to the command above, and takes that one's own options here too.
      const { json, since, account, ...rest } = command.optsWithGlobals<Options & { json?: boolean }>();
      const [odd] = Object.keys(rest);
      if (odd !== undefined) throw new UsageError(odd, `--${odd} is not an option of costs reconcile`);
      return runCommand(context, Boolean(json), (run) => reconcile(run, { since, account }));
    });
}

async function reconcile(run: CommandRun, options: Options): CommandEnd {
  const since = optional(options.since, (text) => sinceValue('since', text));
  const account = optional(options.account, (text) => handleValue('account', text));
  const pace = createPace(
    (line) => run.output.note(line),
    () => performance.now(),
  );
  const filter = { ...(since !== undefined && { since }), ...(account !== undefined && { account }) };
  const compared = await withCopydesk(run, (copydesk) =>
    copydesk.reconcile(filter, (progress) => pace(() => progressWords(progress))),
  );
  run.output.result(compared, () => reconcileView(compared));
}

const progressWords = ({ asked, charges }: ReconcileProgress): string =>
  `asking fal what it billed: ${asked} of ${charges} charges`;
