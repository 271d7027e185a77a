import { randomInt } from 'node:crypto';
import type { Command } from 'commander';
import type { Account } from '../../contract/account.js';
import type { BatchInput } from '../../contract/batch.js';
import { newId } from '../../contract/ids.js';
import type { BatchStatus } from '../../contract/status.js';
import type { Copydesk } from '../client.js';
import { runCommand, withCopydesk } from '../context.js';
import type { Context, Ending, Run } from '../context.js';
import { deskApi } from '../desk-api.js';
import { UsageError, UsedIdError } from '../errors.js';
import type { DocumentedCommand } from '../manual.js';
import { nearest } from '../nearest.js';
import { idValue, mixValue, optional, textValue, usdValue } from '../options/values.js';
import { batchView } from '../output/batch-view.js';
import { createLive } from '../output/live.js';
import { nextBlock } from '../output/next.js';
import { mixWords, usd } from '../output/words.js';
import { toUsd } from '../../contract/money.js';
import { followBatch } from '../watch.js';

interface Options {
  readonly account: string;
  readonly planner: string;
  readonly mix: string;
  readonly budget?: string;
  readonly brief?: string;
  readonly id?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `batch start`: one run of a planner. */
export function addBatchStart(parent: DocumentedCommand, context: Context): void {
  parent
    .command('start')
    .description('start a batch: plan, draft and illustrate so many posts, each up to its gate')
    .requiredOption('--account <handle>', 'the account: the name of its file in accounts/')
    .requiredOption('--planner <name>', 'one of its planners')
    .requiredOption('--mix <mix>', 'how many posts of each format, such as hero_text=4,video=1')
    .option('--budget <usd>', "at most this much in US dollars (default: the account's budget.batch)")
    .option('--brief <text>', 'what this batch should be about, at most 4000 characters')
    .option('--id <id>', 'an id of your own, 12 characters of A-Z, a-z and 0-9 (default: drawn)')
    .option('--wait', 'until each post waits for a person or is final, then print the status')
    .manual({
      examples: [
        'npx copydesk batch start --account ashtalksai --planner evaluation_and_benchmarks --mix hero_text=4,video=1',
        'npx copydesk batch start --account crumbandcrust --planner sourdough --mix hero_text=2 --budget 0.50 --wait',
        'npx copydesk batch start --account crumbandcrust --planner flour_and_water --mix video=1 --brief "Autumn rye" --json',
      ],
      prints: "{ batchId }, with --wait the batch's status document",
      notes: [
        'A mix names each format once, each with a count of 1 or more, 2,000 posts in all. An id that was used is refused for good.',
      ],
    })
    .action((options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => start(run, options)),
    );
}

async function start(run: Run, options: Options): Ending {
  const input = await batchInput(run, options);
  if (options.id !== undefined) await refuseArchivedId(run, input.id);
  return withCopydesk(run, async (copydesk) => {
    const started = await copydesk.startBatch(input);
    await warnWithoutWorker(run, copydesk);
    if (options.wait) {
      const live = await createLive(run.stderr, () => performance.now());
      return finished(run, await followBatch(copydesk, input.id, live));
    }
    run.output.result(started, () => startedText(run, input));
  });
}

/** The checked options as the workflow's input. Nothing has been started when this throws. @throws UsageError */
async function batchInput({ settings }: Run, options: Options): Promise<BatchInput> {
  const mix = mixValue(options.mix);
  const budget = optional(options.budget, (text) => usdValue('budget', text));
  const brief = optional(options.brief, (text) => textValue('brief', text, 4_000));
  const id = optional(options.id, (text) => idValue('id', text)) ?? newId((max) => randomInt(max));
  const { loadAccount } = await import('../accounts/load.js');
  const account = await loadAccount(settings.accounts, options.account);
  const planner = plannerOf(account, options.planner);
  return {
    id,
    account,
    planner,
    mix,
    brief: brief ?? null,
    budget: budget ?? account.budget.batch,
    deskUrl: settings.url,
  };
}

function plannerOf(account: Account, name: string): string {
  if (Object.hasOwn(account.planners, name)) return name;
  const known = Object.keys(account.planners);
  const meant = nearest(name, known);
  const hint = meant ? `did you mean ${meant}?` : `it has ${known.join(', ')}`;
  throw new UsageError('planner', `planner='${name}' is not one of @${account.handle}; ${hint}`);
}

/** Temporal forgets an ended batch in time, and the archive does not. @throws UsedIdError */
async function refuseArchivedId({ settings, env }: Run, id: string): Promise<void> {
  const known = await deskApi(settings)
    .get(`/api/batches/${id}`)
    .catch(() => null);
  if (known) throw new UsedIdError(id, env.TEMPORAL_NAMESPACE?.trim() || 'default');
}

/** The batch is safe with the server; it waits there for a worker. */
async function warnWithoutWorker({ output }: Run, copydesk: Copydesk): Promise<void> {
  const polling = await copydesk.hasWorker().catch(() => true);
  if (!polling) output.note('no worker is polling yet; the batch waits for one (start it with npm start)');
}

function startedText({ output, settings }: Run, { id, account, planner, mix, budget }: BatchInput): string {
  const head = `Started batch ${output.colors.bold(id)}: ${mixWords(mix)} by ${planner} of @${account.handle}, at most ${usd(toUsd(budget))}.`;
  return `${head}${nextBlock([`npx copydesk batch status ${id} --watch`])}\n\nReview desk: ${settings.url}/desk`;
}

function finished({ output }: Run, status: BatchStatus): number {
  output.result(status, () => batchView(status, output.colors));
  const nothingCame = status.status === 'blocked' && status.posts.length === 0;
  return status.status === 'failed' || status.status === 'cancelled' || nothingCame ? 1 : 0;
}
