import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { scheduleListView } from '../output/schedule-view.js';

/** `schedule list`: every schedule, with its next times and what is wrong with it. */
export function addScheduleList(parent: DocumentedCommand, context: Context): void {
  parent
    .command('list')
    .description('the schedules, the one that runs next first')
    .manual({
      examples: ['npx copydesk schedule list'],
      prints:
        '{ schedules: [{ id, account, planner, mix, brief|null, budgetUsd|null, cron, timeZone, overlap, paused, note|null, next: [], lastBatchId|null, runningBatchId|null, problem: { at, message }|null, skipped, missed }] }',
      notes: [
        'next holds up to ten times, none while it is paused. problem is the last run, where it started no batch, and null again once one does. skipped counts the times at which the batch before still ran, missed those for which the server was off too long.',
      ],
    })
    .action((_, command: Command) => runCommand(context, Boolean(command.optsWithGlobals().json), list));
}

async function list(run: CommandRun): CommandEnd {
  await withCopydesk(run, async ({ schedules }) => {
    const found = await schedules.list();
    run.output.result(found, () => scheduleListView(found.schedules, run.output.colors));
  });
}
