import type { Command } from 'commander';
import { runCommand } from '../context.js';
import type { Context, Ending, Run } from '../context.js';
import { problemLine } from '../accounts/problem.js';
import type { DocumentedCommand } from '../manual.js';

/** `accounts check`: every account file, with line and reason. It needs no server. */
export function addAccountsCheck(parent: DocumentedCommand, context: Context): void {
  parent
    .command('check')
    .description('check every account file; each problem with its line, key and reason')
    .manual({
      examples: ['npx copydesk accounts check'],
      prints: '{ accounts: [{ file, account, problems: [{ line, field, message }] }] }',
      notes: [
        'It needs no server. The exit code is 2 when any file has a problem. Every key is explained in docs/accounts.md.',
      ],
    })
    .action((_, command: Command) => runCommand(context, Boolean(command.optsWithGlobals().json), check));
}

async function check({ settings, output }: Run): Ending {
  const { checkAccounts } = await import('../accounts/load.js');
  const accounts = await checkAccounts(settings.accounts);
  output.result({ accounts }, () =>
    accounts.length === 0
      ? `No account file in ${settings.accounts}; docs/accounts.md shows how to write one.`
      : accounts
          .flatMap(({ file, account, problems }) =>
            problems.length > 0
              ? problems.map((problem) => output.colors.red(problemLine(file, problem)))
              : [`${file}: ${output.colors.green('ok')} (@${account})`],
          )
          .join('\n'),
  );
  return accounts.some(({ problems }) => problems.length > 0) ? 2 : 0;
}
