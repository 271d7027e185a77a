import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue } from '../options/values.js';
import { nextTimeWords } from '../output/schedule-view.js';

interface Options {
  readonly by?: string;
}

/** `schedule resume`: the end of a pause. */
export function addScheduleResume(parent: DocumentedCommand, context: Context): void {
  parent
    .command('resume')
    .description('let a paused schedule start its batches again')
    .argument('<id>', "the schedule's id")
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: ['npx copydesk schedule resume Zr4hK8vYp1Nc'],
      prints: '{ scheduleId, paused: false }',
    })
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => resume(run, id, options)),
    );
}

async function resume(run: CommandRun, text: string, options: Options): CommandEnd {
  const scheduleId = idValue('id', text);
  const by = byValue(options.by);
  await withCopydesk(run, async ({ schedules }) => {
    await schedules.resume(scheduleId, { by });
    const status = await schedules.status(scheduleId);
    run.output.result(
      { scheduleId, paused: false },
      () => `Schedule ${scheduleId} is resumed. It runs next: ${nextTimeWords(status)}.`,
    );
  });
}
