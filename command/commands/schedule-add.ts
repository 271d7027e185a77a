import type { Command } from 'commander';
import { scheduleOrder, type NewSchedule } from '../../client/schedules.js';
import { CATCH_UP_WORDS, OVERLAP_WORDS, OVERLAPS } from '../../contract/schedule.js';
import { toUsd } from '../../contract/money/nano.js';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { idValue, mixValue, readOneOf, optional, textValue, usdValue } from '../options/values.js';
import { scheduleAddedView } from '../output/schedule-view.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

interface Options {
  readonly account: string;
  readonly planner: string;
  readonly mix: string;
  readonly cron: string;
  readonly budget?: string;
  readonly brief?: string;
  readonly overlap?: string;
  readonly id?: string;
}

/** `schedule add`: a batch, again and again. */
export function addScheduleAdd(parent: DocumentedCommand, context: Context): void {
  parent
    .command('add')
    .description('start a batch at certain times of the week, month or year')
    .requiredOption('--account <handle>', 'the account: the name of its file in accounts/')
    .requiredOption('--planner <name>', 'one of its planners')
    .requiredOption('--mix <mix>', 'how many posts of each format, such as hero_text=4,video=1')
    .requiredOption(
      '--cron <times>',
      "when, in the account's time zone: minute hour day-of-month month day-of-week",
    )
    .option('--id <id>', 'an id of your own, 12 characters of A-Z, a-z and 0-9 (default: drawn)')
    .option(
      '--budget <usd>',
      "at most this much for each batch, in US dollars (default: the account's budget.batch)",
    )
    .option('--brief <text>', 'what each batch should be about, at most 4000 characters')
    .choice('--overlap <what>', 'what happens while the batch before still runs (default: skip)', OVERLAPS)
    .manual({
      examples: [
        "npx copydesk schedule add --account ashtalksai --planner evaluation_and_benchmarks --mix hero_text=4,video=1 --cron '0 6 * * 1'",
        "npx copydesk schedule add --account crumbandcrust --planner sourdough --mix hero_text=2 --cron '30 7 * * TUE,FRI' --overlap queue --json",
      ],
      prints: '{ scheduleId }',
      notes: [
        `With --overlap skip, ${OVERLAP_WORDS.skip}. With --overlap queue, ${OVERLAP_WORDS.queue}. A batch runs until each of its posts is published or otherwise at its end, so one that waits for a person runs.`,
        CATCH_UP_WORDS,
        "Each batch reads the account file as it is then. Where a file can't be used, that run starts no batch, schedule list says why, and the next run tries again.",
        'A field of --cron is a number, a list (1,3), a range (1-5), steps (*/2) or * for any; months and days of the week may be named (JAN, MON). With a day of the month and a day of the week, both must be true.',
      ],
    })
    .action((options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => add(run, options)),
    );
}

async function add(run: CommandRun, options: Options): CommandEnd {
  const { output } = run;
  const schedule = await scheduleOf(run, options);
  await withCopydesk(run, async (copydesk) => {
    const { scheduleId } = await copydesk.schedules.add(schedule);
    const status = output.json ? null : await copydesk.schedules.status(scheduleId);
    output.result({ scheduleId }, () => (status === null ? '' : scheduleAddedView(status, output.colors)));
  });
}

/** The checked options. Nothing has been made when this throws. @throws UsageError */
async function scheduleOf({ settings }: CommandRun, options: Options): Promise<NewSchedule> {
  const mix = mixValue(options.mix);
  const budgetUsd = optional(options.budget, (text) => toUsd(usdValue('budget', text)));
  const brief = optional(options.brief, (text) => textValue('brief', text, TEXT_LIMITS.brief));
  const overlap = optional(options.overlap, (text) => readOneOf('overlap', text, OVERLAPS));
  const id = optional(options.id, (text) => idValue('id', text));
  const { loadAccount } = await import('../../config/accounts/load.js');
  const account = await loadAccount(settings.accounts, options.account);
  const { planner, cron } = options;
  const schedule = { account, planner, mix, cron, brief, budgetUsd, overlap, id };
  scheduleOrder(schedule);
  return schedule;
}
