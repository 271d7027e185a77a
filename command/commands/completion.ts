import { bashCompletion } from '../completion/bash.js';
import { fishCompletion } from '../completion/fish.js';
import { zshCompletion } from '../completion/zsh.js';
import { argument, defineCommand, type Definition } from '../define.js';
import { definitionsOf } from '../definitions.js';
import type { DocumentedCommand } from '../manual.js';
import { readOneOf } from '../options/values.js';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** The script that makes a shell complete the commands of the program, options and their choices. */
export const completion = (program: DocumentedCommand): Definition =>
  defineCommand({
    name: 'completion',
    about: 'print the script with which a shell completes commands and options',
    takes: {
      shell: {
        ...argument('<shell>', 'the shell it is for', (shell, typed) => readOneOf(shell, typed, SHELLS)),
        choices: SHELLS,
      },
    },
    examples: [
      'source <(copydesk completion bash)',
      'source <(copydesk completion zsh)',
      'copydesk completion fish | source',
    ],
    prints: '{ shell, script }',
    notes: [
      'The line goes into ~/.bashrc, ~/.zshrc (after compinit) or ~/.config/fish/config.fish. The shell must know copydesk as a command: run npm link once in the checkout, or alias it to npx copydesk.',
    ],
    async run({ output }, { shell }) {
      const script = SCRIPTS[shell](definitionsOf(program));
      output.result({ shell, script }, () => script.trimEnd());
    },
  });
