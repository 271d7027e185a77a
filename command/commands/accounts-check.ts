import type { Command } from 'commander';
import type { ReadAccount } from '../../config/accounts/load.js';
import type { CheckedModels } from '../../config/accounts/media-models.js';
import { problemLine, type Problem } from '../../config/accounts/problem.js';
import { runCommand } from '../context.js';
import type { Context, Ending, CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';

/** `accounts check`: every account file, with line and reason; with --online also what its media models lack. */
export function addAccountsCheck(parent: DocumentedCommand, context: Context): void {
  parent
    .command('check')
    .description('check every account file; each problem with its line, key and reason')
    .option('--online', "also ask fal what each account's image and video model takes, and say what it lacks")
    .manual({
      examples: ['npx copydesk accounts check', 'npx copydesk accounts check --online'],
      prints: '{ accounts: [{ file, account, problems: [{ line, field, message }] }] }',
      notes: [
        'It needs no server. The exit code is 2 when any file has a problem. Every key is explained in docs/accounts.md.',
        'With --online fal.ai is asked, without a key (or FAL_BASE_URL, where that is set). A model that fal does not know, that takes no prompt or that needs what Copydesk does not fill is a problem of its file. What a model only lacks, such as a seed, is listed too and leaves the exit code as it is. When fal can not be asked the exit code is 1.',
      ],
    })
    .action((options: { online?: boolean }, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) =>
        check(run, options.online ?? false),
      ),
    );
}

interface Row {
  readonly file: string;
  readonly account: string;
  /** Why it can't be used. */
  readonly wrong: readonly Problem[];
  /** What is only said. */
  readonly lacking: readonly Problem[];
}

async function check({ settings, output }: CommandRun, online: boolean): Ending {
  const { readAccounts } = await import('../../config/accounts/load.js');
  const read = await readAccounts(settings.accounts);
  const models = online ? await askModels(read, settings.media?.baseUrl ?? null) : null;
  const rows = read.map(({ file, handle, problems }): Row => {
    const { unusable, lacking } = models?.get(file) ?? { unusable: [], lacking: [] };
    return { file, account: handle, wrong: [...problems, ...unusable], lacking };
  });
  const accounts = rows.map(({ file, account, wrong, lacking }) => ({
    ...{ file, account, problems: [...wrong, ...lacking] },
  }));
  output.result({ accounts }, () =>
    rows.length === 0
      ? `No account file in ${settings.accounts}; docs/accounts.md shows how to write one.`
      : rows.flatMap((row) => linesOf(row, output.colors)).join('\n'),
  );
  return rows.some(({ wrong }) => wrong.length > 0) ? 2 : 0;
}

async function askModels(
  read: readonly ReadAccount[],
  baseUrl: string | null,
): Promise<Map<string, CheckedModels>> {
  const { checkModels } = await import('../../config/accounts/media-models.js');
  return checkModels(read, { baseUrl });
}

function linesOf({ file, account, wrong, lacking }: Row, colors: CommandRun['output']['colors']): string[] {
  return [
    ...(wrong.length === 0 ? [`${file}: ${colors.green('ok')} (@${account})`] : []),
    ...wrong.map((problem) => colors.red(problemLine(file, problem))),
    ...lacking.map((problem) => colors.yellow(problemLine(file, problem))),
  ];
}
