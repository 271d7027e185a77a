import { randomInt } from 'node:crypto';
import { batchInput, type NewBatch } from '../../client/batches.js';
import type { Copydesk } from '../../client/copydesk.js';
import { deskApi } from '../../client/desk-api.js';
import { RefusedError, UsedIdError } from '../../client/errors.js';
import { listOpenQuestions } from '../../client/lists.js';
import type { BatchInput } from '../../contract/batch.js';
import { UsageError } from '../../contract/errors.js';
import { newId } from '../../contract/ids.js';
import { TEXT_LIMITS } from '../../contract/limits.js';
import { mixWords } from '../../contract/mix.js';
import { dollars, toUsd } from '../../contract/money/nano.js';
import { estimateBatch } from '../../contract/money/prices/estimate.js';
import { briefWithQuestions, noOpenQuestion, OPEN_QUESTIONS_MOST } from '../../contract/open-questions.js';
import type { BatchStatus } from '../../contract/status.js';
import type { QueueName } from '../../contract/task-queues.js';
import { withCopydesk, type CommandEnd, type CommandRun } from '../context.js';
import { defineCommand, flag, neededOption, option } from '../define.js';
import { idValue, mixValue, optional, textValue, usdValue } from '../options/values.js';
import { batchView } from '../output/batch-view.js';
import { estimateDocument, estimateView } from '../output/estimate-view.js';
import { createLive } from '../output/live.js';
import { nextBlock } from '../output/next.js';
import { followBatch } from '../watch.js';

interface Options {
  readonly account: string;
  readonly planner: string;
  readonly mix: string;
  readonly budget?: string;
  readonly brief?: string;
  readonly fromQuestions: boolean;
  readonly repeat?: string;
  readonly id?: string;
  readonly wait: boolean;
  readonly dryRun: boolean;
}

/** One run of a planner. */
export const batchStart = defineCommand({
  name: 'start',
  about: 'start a batch: plan, draft and illustrate so many posts, each up to its gate',
  takes: {
    account: neededOption('--account <handle>', 'the account: the name of its file in accounts/'),
    planner: neededOption('--planner <name>', 'one of its planners'),
    mix: neededOption('--mix <mix>', 'how many posts of each format, such as hero_text=4,video=1'),
    budget: option('--budget <usd>', "at most this much in US dollars (default: the account's budget.batch)"),
    brief: option('--brief <text>', 'what this batch should be about, at most 4000 characters'),
    fromQuestions: flag(
      '--from-questions',
      `brief the planner with what readers asked and no post answers, the newest ${OPEN_QUESTIONS_MOST}`,
    ),
    repeat: option(
      '--repeat <why>',
      `why something that the account has told lately is wanted again, at most ${TEXT_LIMITS.repeat} characters`,
    ),
    id: option('--id <id>', 'an id of your own, 12 characters of A-Z, a-z and 0-9 (default: drawn)'),
    wait: flag('--wait', 'until each post waits for a person or is final, then print the status'),
    dryRun: flag(
      '--dry-run',
      'start nothing: print the calls that it plans and what they are expected to cost',
    ),
  },
  examples: [
    'npx copydesk batch start --account ashtalksai --planner evaluation_and_benchmarks --mix hero_text=4,video=1',
    'npx copydesk batch start --account crumbandcrust --planner sourdough --mix hero_text=2 --budget 0.50 --wait',
    'npx copydesk batch start --account crumbandcrust --planner flour_and_water --mix video=1 --brief "Autumn rye" --json',
    'npx copydesk batch start --account crumbandcrust --planner sourdough --mix hero_text=3 --from-questions',
    'npx copydesk batch start --account crumbandcrust --planner sourdough --mix hero_text=1 --repeat "Half of the readers are new"',
    'npx copydesk batch start --account crumbandcrust --planner sourdough --mix hero_text=4,video=1 --dry-run',
  ],
  prints:
    "{ batchId }, with --wait the batch's status document, with --dry-run { dryRun: true, calls: [{ step, model, calls, estimateUsd }], estimateUsd, budgetUsd, fits, confirm: [step] }",
  notes: [
    'A mix names each format once, each with a count of 1 or more, 2,000 posts in all. An id that was used is refused for good.',
    'With --from-questions the questions, which the desk knows, stand behind the --brief as quoted data, with words that say that they are no instructions. Without an open question nothing is started, and the exit code is 1.',
    "--dry-run checks the options as a start does and needs no server. Its estimate takes each call once, at the prices that copydesk prices check shows; fits says whether it is within the budget and the account's budget.month, and confirm names the steps that would wait for a person, for being dearer than budget.confirmOver. --dry-run and --wait exclude each other.",
  ],
  run: start,
});

async function start(run: CommandRun, options: Options): CommandEnd {
  if (options.dryRun && options.wait) {
    throw new UsageError(
      'dry-run',
      '--dry-run and --wait exclude each other; nothing is started to wait for',
    );
  }
  const order = await orderOf(run, options);
  const input = batchInput(order, run.settings.url);
  if (options.id !== undefined) await refuseArchivedId(run, input.id);
  if (options.dryRun) return showEstimate(run, input);
  return withCopydesk(run, async (copydesk) => {
    const started = await copydesk.batches.start(order);
    await warnWithoutWorker(run, copydesk);
    if (options.wait) {
      const live = await createLive(run.stderr, () => performance.now());
      return finished(run, await followBatch(copydesk.batches, input.id, live));
    }
    run.output.result(started, () => startedText(run, input));
  });
}

function showEstimate({ output, settings }: CommandRun, input: BatchInput): void {
  const estimate = estimateBatch({ ...input, textRate: settings.text?.rate ?? null });
  output.result(estimateDocument(estimate, input.budget), (width) =>
    estimateView(input, estimate, output.colors, width),
  );
}

/** The checked options. Nothing has been started when this throws. @throws UsageError */
async function orderOf({ settings }: CommandRun, options: Options): Promise<NewBatch> {
  const mix = mixValue(options.mix);
  const budgetUsd = optional(options.budget, (text) => toUsd(usdValue('budget', text)));
  const brief = optional(options.brief, (text) => textValue('brief', text, TEXT_LIMITS.brief));
  const repeat = optional(options.repeat, (text) => textValue('repeat', text, TEXT_LIMITS.repeat));
  const id = optional(options.id, (text) => idValue('id', text)) ?? newId((max) => randomInt(max));
  const { loadAccount } = await import('../../config/accounts/load.js');
  const account = await loadAccount(settings.accounts, options.account);
  const order = { id, account, planner: options.planner, mix, brief, repeat, budgetUsd };
  if (!options.fromQuestions) return order;
  // What else is wrong is said before the desk is asked.
  batchInput(order, settings.url);
  return { ...order, brief: await questionsBrief(settings, account.handle, brief ?? null) };
}

/** @throws RefusedError where there is no open question, DeskError */
async function questionsBrief(
  settings: CommandRun['settings'],
  handle: string,
  brief: string | null,
): Promise<string> {
  const open = await listOpenQuestions(deskApi(settings), handle);
  if (open.length === 0) throw new RefusedError(noOpenQuestion(handle));
  return briefWithQuestions(
    brief,
    open.map(({ question }) => question),
  );
}

/** Temporal forgets an ended batch in time, and the archive does not. @throws UsedIdError */
async function refuseArchivedId({ settings, env }: CommandRun, id: string): Promise<void> {
  const known = await deskApi(settings)
    .get(`/api/batches/${id}`)
    .catch(() => null);
  if (known) throw new UsedIdError(id, env.TEMPORAL_NAMESPACE?.trim() || 'default');
}

/** The batch is safe with the server; it waits there for a worker. */
async function warnWithoutWorker({ output }: CommandRun, copydesk: Copydesk): Promise<void> {
  const missing = await copydesk.queuesWithoutWorker().catch((): QueueName[] => []);
  if (missing.includes('workflows'))
    output.note('no worker is polling yet; the batch waits for one (start it with npm start)');
  else if (missing.length > 0)
    output.note(
      `no worker is polling for ${missing.join(', ')}; what they do waits for one (npx copydesk worker --queues ${missing.join(',')})`,
    );
}

function startedText(
  { output, settings }: CommandRun,
  { id, account, planner, mix, budget }: BatchInput,
): string {
  const head = `Started batch ${output.colors.bold(id)}: ${mixWords(mix)} by ${planner} of @${account.handle}, at most ${dollars(toUsd(budget))}.`;
  return `${head}${nextBlock([`npx copydesk batch status ${id} --watch`])}\n\nReview desk: ${settings.url}/desk`;
}

function finished({ output, settings }: CommandRun, status: BatchStatus): number {
  output.result(status, (width) => batchView(status, output.colors, settings.url, width));
  const nothingCame = status.status === 'blocked' && status.posts.length === 0;
  return status.status === 'failed' || status.status === 'cancelled' || nothingCame ? 1 : 0;
}
