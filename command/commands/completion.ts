import { readAccountNames, readPlannerNames } from '../../config/accounts/names.js';
import { bashCompletion } from '../completion/bash.js';
import { fishCompletion } from '../completion/fish.js';
import { zshCompletion } from '../completion/zsh.js';
import { argument, defineCommand, option, type Definition } from '../define.js';
import { definitionsOf, NAMES } from '../definitions.js';
import type { DocumentedCommand } from '../manual.js';
import { handleValue, readOneOf } from '../options/values.js';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
const SHELLS = ['bash', 'zsh', 'fish'] as const;
const OFFERED = [...SHELLS, ...NAMES] as const;

/** The script that makes a shell complete the commands of the program, options and their choices, and the names that it asks for. */
export const completion = (program: DocumentedCommand): Definition =>
  defineCommand({
    name: 'completion',
    about: 'print the script with which a shell completes commands, options, accounts and planners',
    takes: {
      shell: {
        ...argument(
          '<shell>',
          'the shell it is for; or which names to print, as the script asks',
          (shell, typed) => readOneOf(shell, typed, OFFERED),
        ),
        choices: OFFERED,
      },
      account: option('--account <handle>', 'only the planners of this account', handleValue),
    },
    examples: [
      'source <(copydesk completion bash)',
      'source <(copydesk completion zsh)',
      'copydesk completion fish | source',
    ],
    prints: '{ shell, script }, or { names }',
    notes: [
      'The line goes into ~/.bashrc, ~/.zshrc (after compinit) or ~/.config/fish/config.fish. The shell must know copydesk as a command: run npm link once in the checkout, or alias it to npx copydesk.',
      'Accounts and planners are read from the account files (COPYDESK_ACCOUNTS); no server is asked.',
    ],
    async run({ output, settings }, { shell, account }) {
      if (shell === 'accounts' || shell === 'planners') {
        const names = await (shell === 'accounts'
          ? readAccountNames(settings.accounts)
          : readPlannerNames(settings.accounts, account));
        return output.result({ names }, () => names.join('\n'));
      }
      const script = SCRIPTS[shell](definitionsOf(program));
      output.result({ shell, script }, () => script.trimEnd());
    },
  });
