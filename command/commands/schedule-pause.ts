import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue } from '../options/values.js';
import { nextBlock } from '../output/next.js';

interface Options {
  readonly by?: string;
}

/** `schedule pause`: no batch until it is resumed. */
export function addSchedulePause(parent: DocumentedCommand, context: Context): void {
  parent
    .command('pause')
    .description('start no batch until the schedule is resumed')
    .argument('<id>', "the schedule's id")
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: ['npx copydesk schedule pause Zr4hK8vYp1Nc'],
      prints: '{ scheduleId, paused: true }',
      notes: ['Times that pass meanwhile are left out. A batch that runs goes on.'],
    })
    .action((id: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => pause(run, id, options)),
    );
}

async function pause(run: CommandRun, text: string, options: Options): CommandEnd {
  const scheduleId = idValue('id', text);
  const by = byValue(options.by);
  await withCopydesk(run, async ({ schedules }) => {
    await schedules.pause(scheduleId, { by });
    run.output.result(
      { scheduleId, paused: true },
      () => `Schedule ${scheduleId} is paused.${nextBlock([`npx copydesk schedule resume ${scheduleId}`])}`,
    );
  });
}
