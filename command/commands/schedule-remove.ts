import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { idValue } from '../options/values.js';

/** `schedule remove`: no more batches of it. */
export function addScheduleRemove(parent: DocumentedCommand, context: Context): void {
  parent
    .command('remove')
    .description('take a schedule away')
    .argument('<id>', "the schedule's id")
    .manual({
      examples: ['npx copydesk schedule remove Zr4hK8vYp1Nc'],
      prints: '{ scheduleId }',
      notes: ['A batch that it started goes on; batches that waited for it are not started.'],
    })
    .action((id: string, _: object, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => remove(run, id)),
    );
}

async function remove(run: CommandRun, text: string): CommandEnd {
  const scheduleId = idValue('id', text);
  await withCopydesk(run, async ({ schedules }) => {
    await schedules.remove(scheduleId);
    run.output.result({ scheduleId }, () => `Schedule ${scheduleId} is removed. What it started goes on.`);
  });
}
