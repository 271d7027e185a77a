import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { idValue } from '../options/values.js';
import { nextBlock } from '../output/next.js';

/** `schedule run`: its batch, now. */
export function addScheduleRun(parent: DocumentedCommand, context: Context): void {
  parent
    .command('run')
    .description("start a schedule's batch now, beside its times; a paused one too")
    .argument('<id>', "the schedule's id")
    .manual({
      examples: ['npx copydesk schedule run Zr4hK8vYp1Nc'],
      prints: '{ scheduleId, batchId|null }',
      notes: [
        'While its batch before still runs, one with --overlap skip is refused, and one with --overlap queue waits: batchId is null then.',
      ],
    })
    .action((id: string, _: object, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => start(run, id)),
    );
}

async function start(run: CommandRun, text: string): CommandEnd {
  const scheduleId = idValue('id', text);
  await withCopydesk(run, async ({ schedules }) => {
    const { batchId } = await schedules.run(scheduleId);
    run.output.result({ scheduleId, batchId }, () => runText(scheduleId, batchId));
  });
}

const runText = (scheduleId: string, batchId: string | null): string =>
  batchId === null
    ? `Schedule ${scheduleId} starts its batch once the one before has ended.`
    : `Started batch ${batchId}.${nextBlock([`npx copydesk batch status ${batchId} --watch`])}`;
