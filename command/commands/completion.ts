import { type Command, Argument } from 'commander';
import { bashCompletion } from '../completion/bash.js';
import { fishCompletion } from '../completion/fish.js';
import { zshCompletion } from '../completion/zsh.js';
import { runCommand, type Context } from '../context.js';
import { definitionsOf } from '../definitions.js';
import type { DocumentedCommand } from '../manual.js';
import { readOneOf } from '../options/values.js';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** `completion`: the script that makes a shell complete commands, options and their choices. */
export function addCompletion(program: DocumentedCommand, context: Context): void {
  const shell = new Argument('<shell>', 'the shell it is for');
  shell.argChoices = [...SHELLS];
  program
    .command('completion')
    .description('print the script with which a shell completes commands and options')
    .addArgument(shell)
    .manual({
      examples: [
        'source <(copydesk completion bash)',
        'source <(copydesk completion zsh)',
        'copydesk completion fish | source',
      ],
      prints: '{ shell, script }',
      notes: [
        'The line goes into ~/.bashrc, ~/.zshrc (after compinit) or ~/.config/fish/config.fish. The shell must know copydesk as a command: run npm link once in the checkout, or alias it to npx copydesk.',
      ],
    })
    .action((text: string, _, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), async ({ output }) => {
        const name = readOneOf('shell', text, SHELLS);
        const script = SCRIPTS[name](definitionsOf(program));
        output.result({ shell: name, script }, () => script.trimEnd());
      }),
    );
}
