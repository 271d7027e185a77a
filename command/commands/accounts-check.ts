import type { Command } from 'commander';
import type { ReadAccount } from '../../config/accounts/load.js';
import type { CheckedModels } from '../../config/accounts/media-models.js';
import { problemLine, type Problem } from '../../config/accounts/problem.js';
import { FEED } from '../../contract/targets/target.js';
import type { TargetCheck } from '../../contract/target-check.js';
import { checkTargets } from '../check-targets.js';
import { runCommand } from '../context.js';
import type { Context, CommandEnd, CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { printableLine } from '../output/printable.js';

/** `accounts check`: every account file, with line and reason; with --online also its media models and targets. */
export function addAccountsCheck(parent: DocumentedCommand, context: Context): void {
  parent
    .command('check')
    .description('check every account file; each problem with its line, key and reason')
    .option(
      '--online',
      "also ask fal what each account's image and video model takes, and sign in to its targets; nothing is published",
    )
    .manual({
      examples: ['npx copydesk accounts check', 'npx copydesk accounts check --online'],
      prints:
        '{ accounts: [{ file, account, problems: [{ line, field, message }], targets?: [{ target, as, limits }] }] }',
      notes: [
        'It needs no server. The exit code is 2 when any file has a problem. Every key is explained in docs/accounts.md.',
        'With --online fal.ai is asked, without a key (or FAL_BASE_URL, where that is set). A model that fal does not know, that takes no prompt or that needs what Copydesk does not fill is a problem of its file. What a model only lacks, such as a seed, is listed too and leaves the exit code as it is. When fal can not be asked the exit code is 1.',
        'The targets are signed in to with the credentials of this environment, which a worker elsewhere may have otherwise. Each says as whom, and what it takes; credentials that are not taken are a problem of the file, and with a target that can not be asked the exit code is 1.',
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
  /** The targets that were signed in to, or could not be asked. */
  readonly targets: readonly TargetCheck[];
}

async function check({ settings, output, env }: CommandRun, online: boolean): CommandEnd {
  const { readAccounts } = await import('../../config/accounts/load.js');
  const read = await readAccounts(settings.accounts);
  const models = online ? await askModels(read, settings.media?.baseUrl ?? null) : null;
  const checks = online && read.some(hasTargets) ? await checkTargets(env) : [];
  const rows = read.map(({ file, handle, problems }): Row => {
    const { unusable, lacking } = models?.get(file) ?? { unusable: [], lacking: [] };
    const targets = checks.filter((one) => one.file === file);
    const wrong = [...problems, ...unusable, ...targets.filter(({ isWrong }) => isWrong).map(targetProblem)];
    const away = targets.filter(({ problem, isWrong }) => problem !== null && !isWrong);
    return { file, account: handle, wrong, lacking: [...lacking, ...away.map(targetProblem)], targets };
  });
  const accounts = rows.map(({ file, account, wrong, lacking, targets }) => ({
    file,
    account,
    problems: [...wrong, ...lacking],
    ...(targets.length > 0 && {
      targets: targets.map(({ target, as, limits }) => ({ target, as, limits })),
    }),
  }));
  output.result({ accounts }, () =>
    rows.length === 0
      ? `No account file in ${settings.accounts}; docs/accounts.md shows how to write one.`
      : rows.flatMap((row) => linesOf(row, output.colors)).join('\n'),
  );
  if (rows.some(({ wrong }) => wrong.length > 0)) return 2;
  return checks.some(({ problem }) => problem !== null) ? 1 : 0;
}

/** Whether there is anything to sign in to. */
const hasTargets = ({ account }: ReadAccount): boolean =>
  account !== null && account.targets.some(({ kind }) => kind !== FEED.kind);

const targetProblem = ({ line, target, problem }: TargetCheck): Problem => ({
  line,
  field: `targets.${target}`,
  message: problem ?? '',
});

async function askModels(
  read: readonly ReadAccount[],
  baseUrl: string | null,
): Promise<Map<string, CheckedModels>> {
  const { checkModels } = await import('../../config/accounts/media-models.js');
  return checkModels(read, { baseUrl });
}

function linesOf(
  { file, account, wrong, lacking, targets }: Row,
  colors: CommandRun['output']['colors'],
): string[] {
  return [
    ...(wrong.length === 0 ? [`${file}: ${colors.green('ok')} (@${account})`] : []),
    ...targets.filter(({ as }) => as !== null).map((one) => `${file}: ${signedIn(one)}`),
    ...wrong.map((problem) => colors.red(problemLine(file, problem))),
    ...lacking.map((problem) => colors.yellow(problemLine(file, problem))),
  ];
}

/** `bluesky: signs in as @ash.example.com (300 characters, pictures up to 1 MB)`; a target's words may hold anything. */
function signedIn({ target, as, limits }: TargetCheck): string {
  const takes = limits.length > 0 ? ` (${limits.join(', ')})` : '';
  return printableLine(`${target}: signs in as ${as}${takes}`);
}
