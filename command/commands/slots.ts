import type { Command } from 'commander';
import { deskApi } from '../../client/desk-api.js';
import { listSlots } from '../../client/lists.js';
import { runCommand, type CommandRun, type Context, type CommandEnd } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { handleValue, weeksValue } from '../options/values.js';
import { slotsView } from '../output/slots-view.js';

interface Options {
  readonly weeks: string;
}

/** `slots`: when an account publishes, and what goes out then, from the desk. */
export function addSlots(parent: DocumentedCommand, context: Context): void {
  parent
    .command('slots')
    .description("an account's slots to come, and the post that goes out at each")
    .argument('<account>', "the account's handle")
    .option('--weeks <n>', 'how far to look, from now on', '2')
    .manual({
      examples: ['npx copydesk slots ashtalksai', 'npx copydesk slots ashtalksai --weeks 8 --json'],
      prints: '{ slots: [{ at, postId|null, title|null }] }',
      notes: [
        "The slots are those of the account's file as it is now; a person sees them in the account's time zone. What goes out at other times is in post list.",
        'An account that has neither a file nor a batch is wrong use, with exit code 2.',
      ],
    })
    .action((account: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => show(run, account, options)),
    );
}

async function show({ settings, output }: CommandRun, text: string, options: Options): CommandEnd {
  const account = handleValue('account', text);
  const weeks = weeksValue(options.weeks);
  const list = await listSlots(deskApi(settings), account, { weeks });
  output.result({ slots: list.slots }, () => slotsView(list, account));
}
