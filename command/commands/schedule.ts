import { scheduleOrder, type NewSchedule } from '../../client/schedule-order.js';
import { readCron } from '../../contract/cron.js';
import { weeklyCron } from '../../contract/cron-words.js';
import { UsageError } from '../../contract/errors.js';
import { TEXT_LIMITS } from '../../contract/limits.js';
import { toUsd } from '../../contract/money/nano.js';
import { CATCH_UP_WORDS, OVERLAP_WORDS, OVERLAPS } from '../../contract/schedule.js';
import type { Weekday } from '../../contract/slot-moments.js';
import { withCopydesk } from '../context.js';
import {
  argument,
  BY,
  choice,
  defineCommand,
  neededOption,
  option,
  text,
  type Definition,
} from '../define.js';
import {
  daysValue,
  idValue,
  mixValue,
  optional,
  revisionValue,
  textValue,
  timeOfDayValue,
  usdValue,
} from '../options/values.js';
import { nextBlock } from '../output/next.js';
import { nextTimeWords, scheduleListView, scheduleView } from '../output/schedule-view.js';

const SCHEDULE_ID = argument('<id>', "the schedule's id", idValue);
const TIMES = {
  days: option('--days <days>', 'the days of the week, such as tue,fri', daysValue),
  at: option(
    '--at <time>',
    "the time on those days, such as 07:30, in the account's time zone",
    timeOfDayValue,
  ),
  cron: option('--cron <times>', 'in place of both: minute hour day-of-month month day-of-week', (_, typed) =>
    readCron(typed),
  ),
};
const MIX = 'how many posts of each format, such as hero_text=4,video=1';
const OVERLAP = choice(
  '--overlap <what>',
  'what happens while the batch before still runs (default: skip)',
  OVERLAPS,
);

interface GivenTimes {
  readonly days: readonly Weekday[] | undefined;
  readonly at: string | undefined;
  readonly cron: string | undefined;
}

/** The times as cron; undefined where none are given. @throws UsageError for days without a time, and for both ways at once */
function chooseCron({ days, at, cron }: GivenTimes): string | undefined {
  if (days === undefined && at === undefined) return cron;
  if (cron !== undefined)
    throw new UsageError('cron', `cron='${cron}' is given beside --days or --at; leave one out`);
  if (days === undefined) throw new UsageError('days', `at='${at}' needs its days, such as --days tue,fri`);
  if (at === undefined)
    throw new UsageError('at', `days='${days.join(',')}' needs a time, such as --at 07:30`);
  return weeklyCron({ days, at });
}

const scheduleAdd = defineCommand({
  name: 'add',
  about: 'start a batch at certain times of the week, month or year',
  takes: {
    account: neededOption('--account <handle>', 'the account: the name of its file in accounts/'),
    planner: neededOption('--planner <name>', 'one of its planners'),
    mix: neededOption('--mix <mix>', MIX, (_, typed) => mixValue(typed)),
    ...TIMES,
    id: option('--id <id>', 'an id of your own, 12 characters of A-Z, a-z and 0-9 (default: drawn)'),
    budget: option(
      '--budget <usd>',
      "at most this much for each batch, in US dollars (default: the account's budget.batch)",
      (budget, typed) => toUsd(usdValue(budget, typed)),
    ),
    brief: option(
      '--brief <text>',
      'what each batch should be about, at most 4000 characters',
      text(TEXT_LIMITS.brief),
    ),
    overlap: OVERLAP,
  },
  examples: [
    "npx copydesk schedule add --account ashtalksai --planner evaluation_and_benchmarks --mix hero_text=4,video=1 --cron '0 6 * * 1'",
    'npx copydesk schedule add --account crumbandcrust --planner sourdough --mix hero_text=2 --days tue,fri --at 07:30 --overlap queue --json',
  ],
  prints: '{ scheduleId }',
  notes: [
    `With --overlap skip, ${OVERLAP_WORDS.skip}. With --overlap queue, ${OVERLAP_WORDS.queue}. A batch runs until each of its posts is published or otherwise at its end, so one that waits for a person runs.`,
    CATCH_UP_WORDS,
    "Each batch reads the account file as it is then. Where a file can't be used, that run starts no batch, schedule list says why, and the next run tries again.",
    'Give --days and --at, or --cron. A field of --cron is a number, a list (1,3), a range (1-5), steps (*/2) or * for any; months and days of the week may be named (JAN, MON). With a day of the month and a day of the week, both must be true.',
  ],
  async run(run, { id: typed, account: handle, budget: budgetUsd, days, at, cron: line, ...order }) {
    const cron = chooseCron({ days, at, cron: line });
    if (cron === undefined)
      throw new UsageError(
        'days',
        'no time is given; give --days and --at, such as --days tue,fri --at 07:30',
      );
    const id = optional(typed, (given) => idValue('id', given));
    const { loadAccount } = await import('../../config/accounts/load.js');
    const account = await loadAccount(run.settings.accounts, handle);
    const schedule: NewSchedule = { ...order, cron, account, budgetUsd, id };
    // What is wrong with it is said before a server is asked.
    scheduleOrder(schedule);
    await withCopydesk(run, async ({ schedules }) => {
      const { output } = run;
      const { scheduleId } = await schedules.add(schedule);
      const status = output.json ? null : await schedules.status(scheduleId);
      output.result({ scheduleId }, () =>
        status === null ? '' : scheduleView('Added', status, output.colors),
      );
    });
  },
});

const scheduleList = defineCommand({
  name: 'list',
  about: 'the schedules, the one that runs next first',
  examples: ['npx copydesk schedule list'],
  prints:
    '{ schedules: [{ id, account, planner, mix, brief|null, budgetUsd|null, cron, revision, timeZone, overlap, paused, note|null, next: [], lastBatchId|null, runningBatchId|null, problem: { at, message, skipped }|null, skipped, missed }] }',
  notes: [
    'next holds up to ten times, none while it is paused. problem is the last run, where it started no batch, and null again once one does; its skipped is true where the batch before still runs, of which message says what it waits for. The other skipped counts the times at which the batch before still ran, missed those for which the server was off too long.',
  ],
  run: (run) =>
    withCopydesk(run, async ({ schedules }) => {
      const found = await schedules.list();
      run.output.result(found, (width) => scheduleListView(found.schedules, run.output.colors, width));
    }),
});

const scheduleChange = defineCommand({
  name: 'change',
  about: 'change a schedule from its next time on; what is left out stays as it is',
  takes: {
    id: SCHEDULE_ID,
    planner: option('--planner <name>', "one of the account's planners"),
    mix: option('--mix <mix>', MIX, (_, typed) => mixValue(typed)),
    ...TIMES,
    budget: option(
      '--budget <usd>',
      "at most this much for each batch, in US dollars; '' for the account's budget.batch",
      (budget, typed) => (typed === '' ? null : toUsd(usdValue(budget, typed))),
    ),
    brief: option(
      '--brief <text>',
      "what each batch should be about, at most 4000 characters; '' for nothing",
      (brief, typed) => (typed === '' ? null : textValue(brief, typed, TEXT_LIMITS.brief)),
    ),
    overlap: { ...OVERLAP, about: 'what happens while the batch before still runs' },
    revision: option(
      '--revision <number>',
      'the revision that you saw in schedule list --json; refused if it is another by now',
      (_, typed) => revisionValue(typed),
    ),
  },
  examples: [
    "npx copydesk schedule change Zr4hK8vYp1Nc --cron '0 7 * * 1' --mix hero_text=3",
    "npx copydesk schedule change Zr4hK8vYp1Nc --overlap queue --brief '' --json",
  ],
  prints: '{ scheduleId, revision }',
  notes: [
    "Its id, its last batch and a pause stay, and a batch that runs goes on as it was started. The time zone becomes the account's as its file is now. With --overlap queue, a time that comes before the batch that runs now has ended is still skipped.",
  ],
  async run(run, { id, budget: budgetUsd, revision, days, at, cron: line, ...terms }) {
    const change = { ...terms, cron: chooseCron({ days, at, cron: line }), budgetUsd };
    if (Object.values(change).every((value) => value === undefined))
      throw new UsageError(
        'change',
        'nothing is changed; give --days and --at, --mix or another of its options',
      );
    await withCopydesk(run, async ({ schedules }) => {
      const { loadAccount } = await import('../../config/accounts/load.js');
      const account = await loadAccount(run.settings.accounts, (await schedules.status(id)).account);
      const status = await schedules.change(id, { ...change, account, revision });
      run.output.result({ scheduleId: id, revision: status.revision }, () =>
        scheduleView('Changed', status, run.output.colors),
      );
    });
  },
});

const schedulePause = defineCommand({
  name: 'pause',
  about: 'start no batch until the schedule is resumed',
  takes: { id: SCHEDULE_ID, by: BY },
  examples: ['npx copydesk schedule pause Zr4hK8vYp1Nc'],
  prints: '{ scheduleId, paused: true }',
  notes: ['Times that pass meanwhile are left out. A batch that runs goes on.'],
  run: (run, { id, by }) =>
    withCopydesk(run, async ({ schedules }) => {
      await schedules.pause(id, { by });
      run.output.result(
        { scheduleId: id, paused: true },
        () => `Schedule ${id} is paused.${nextBlock([`npx copydesk schedule resume ${id}`])}`,
      );
    }),
});

const scheduleResume = defineCommand({
  name: 'resume',
  about: 'let a paused schedule start its batches again',
  takes: { id: SCHEDULE_ID, by: BY },
  examples: ['npx copydesk schedule resume Zr4hK8vYp1Nc'],
  prints: '{ scheduleId, paused: false }',
  run: (run, { id, by }) =>
    withCopydesk(run, async ({ schedules }) => {
      await schedules.resume(id, { by });
      const status = await schedules.status(id);
      run.output.result(
        { scheduleId: id, paused: false },
        () => `Schedule ${id} is resumed. It runs next: ${nextTimeWords(status)}.`,
      );
    }),
});

const scheduleRun = defineCommand({
  name: 'run',
  about: "start a schedule's batch now, beside its times; a paused one too",
  takes: { id: SCHEDULE_ID },
  examples: ['npx copydesk schedule run Zr4hK8vYp1Nc'],
  prints: '{ scheduleId, batchId|null }',
  notes: [
    'While its batch before still runs, one with --overlap skip is refused, and one with --overlap queue waits: batchId is null then.',
  ],
  run: (run, { id }) =>
    withCopydesk(run, async ({ schedules }) => {
      const { batchId } = await schedules.run(id);
      run.output.result({ scheduleId: id, batchId }, () =>
        batchId === null
          ? `Schedule ${id} starts its batch once the one before has ended.`
          : `Started batch ${batchId}.${nextBlock([`npx copydesk batch status ${batchId} --watch`])}`,
      );
    }),
});

const scheduleRemove = defineCommand({
  name: 'remove',
  about: 'take a schedule away',
  takes: { id: SCHEDULE_ID },
  examples: ['npx copydesk schedule remove Zr4hK8vYp1Nc'],
  prints: '{ scheduleId }',
  notes: ['A batch that it started goes on; batches that waited for it are not started.'],
  run: (run, { id }) =>
    withCopydesk(run, async ({ schedules }) => {
      await schedules.remove(id);
      run.output.result({ scheduleId: id }, () => `Schedule ${id} is removed. What it started goes on.`);
    }),
});

export const schedule: Definition = {
  name: 'schedule',
  about: 'a batch that is started again and again, at certain times',
  examples: ['npx copydesk schedule list', 'npx copydesk schedule run Zr4hK8vYp1Nc'],
  under: [
    scheduleAdd,
    scheduleList,
    scheduleChange,
    schedulePause,
    scheduleResume,
    scheduleRun,
    scheduleRemove,
  ],
};
