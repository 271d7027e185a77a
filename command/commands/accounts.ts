import { execFile } from 'node:child_process';
import type { ReadAccount } from '../../config/accounts/load.js';
import { problemLine, type Problem } from '../../config/accounts/problem.js';
import { entryOf, hashToken, nameProblem, newToken, ROLES } from '../../config/people/person.js';
import { shortened } from '../../config/setting-values.js';
import type { Environment } from '../../config/settings.js';
import { CopydeskError, UsageError } from '../../contract/errors.js';
import type { TargetCheck } from '../../contract/target-check.js';
import { FEED } from '../../contract/targets/target.js';
import type { CommandEnd, CommandRun } from '../context.js';
import { argument, choice, defineCommand, flag, type Definition } from '../define.js';
import { printableLine } from '../output/printable.js';
import { programFile } from '../run-until-end.js';

/** Every account file, with line and reason; with --online also its media models and targets. */
const accountsCheck = defineCommand({
  name: 'check',
  about: 'check every account file; each problem with its line, key and reason',
  takes: {
    online: flag(
      '--online',
      "also ask fal what each account's image and video model takes, and sign in to its targets; nothing is published",
    ),
  },
  examples: ['npx copydesk accounts check', 'npx copydesk accounts check --online'],
  prints:
    '{ accounts: [{ file, account, problems: [{ line, field, message }], targets?: [{ target, as, limits }] }] }',
  notes: [
    'It needs no server. The exit code is 2 when any file has a problem. A chat.dailyBudget that holds not one answer, by the prices of this environment, is listed too and leaves the exit code as it is. Every key is explained in docs/accounts.md.',
    'With --online fal.ai is asked, without a key (or FAL_BASE_URL, where that is set). A model that fal does not know, that takes no prompt or that needs what Copydesk does not fill is a problem of its file. What a model only lacks, such as a seed, is listed too and leaves the exit code as it is. When fal can not be asked, the rest is checked all the same and the exit code is 1.',
    'The targets are signed in to with the credentials of this environment, which a worker elsewhere may have otherwise. Each says as whom, and what it takes; credentials that are not taken are a problem of the file, and with a target that can not be asked the exit code is 1.',
  ],
  run: (run, { online }) => checkAccounts(run, online),
});

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

async function checkAccounts({ settings, output, env }: CommandRun, online: boolean): CommandEnd {
  const { readAccounts } = await import('../../config/accounts/load.js');
  const read = await readAccounts(settings.accounts);
  const { checkModels } = online
    ? await import('../../config/accounts/media-models.js')
    : { checkModels: null };
  const models = await checkModels?.(read, { baseUrl: settings.media?.baseUrl ?? null });
  const checks = online && read.some(hasTargets) ? await checkTargets(env) : [];
  const { chatLacks } = await import('../../config/accounts/chat-budget.js');
  const rows = read.map((one): Row => {
    const { file, handle, problems } = one;
    const { unusable, lacking, unasked } = models?.get(file) ?? { unusable: [], lacking: [], unasked: [] };
    const targets = checks.filter((one) => one.file === file);
    const wrong = [...problems, ...unusable, ...targets.filter(({ isWrong }) => isWrong).map(targetProblem)];
    const away = targets.filter(({ problem, isWrong }) => problem !== null && !isWrong);
    const said = [
      ...chatLacks(one, settings.text?.rate ?? null),
      ...lacking,
      ...unasked,
      ...away.map(targetProblem),
    ];
    return { file, account: handle, wrong, lacking: said, targets };
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
      : rows.flatMap((row) => showRow(row, output.colors)).join('\n'),
  );
  if (rows.some(({ wrong }) => wrong.length > 0)) return 2;
  const isUnasked = [...(models?.values() ?? [])].some(({ unasked }) => unasked.length > 0);
  return isUnasked || checks.some(({ problem }) => problem !== null) ? 1 : 0;
}

/** Whether there is anything to sign in to. */
const hasTargets = ({ account }: ReadAccount): boolean =>
  account !== null && account.targets.some(({ kind }) => kind !== FEED.kind);

const targetProblem = ({ line, target, problem }: TargetCheck): Problem => ({
  line,
  field: `targets.${target}`,
  message: problem ?? '',
});

function showRow(
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

const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Signs in to the targets of every account, in a process of its own: the command knows no target itself.
 *
 * @throws CopydeskError when that process fails
 */
function checkTargets(env: Environment): Promise<readonly TargetCheck[]> {
  const args = [...process.execArgv, programFile('check-targets')];
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: MOST_BYTES };
    execFile(process.execPath, args, options, (_failure, stdout) => {
      const answer = parsed(stdout);
      if (answer?.targets) resolve(answer.targets);
      else reject(new CopydeskError(answer?.error?.message ?? "can't sign in to the targets: no answer"));
    });
  });
}

interface Answer {
  readonly targets?: readonly TargetCheck[];
  readonly error?: { readonly message: string };
}

function parsed(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return null;
  }
}

export const accounts: Definition = {
  name: 'accounts',
  about: 'the account files',
  examples: ['npx copydesk accounts check'],
  under: [accountsCheck],
};

/** A new token for a person, and the line that the file of people takes. */
const peopleToken = defineCommand({
  name: 'token',
  about: 'make a token for a person, and the line for the file of people (COPYDESK_PEOPLE)',
  takes: {
    name: argument('<name>', 'the name that their decisions are by'),
    role: choice('--role <role>', 'an editor decides, a viewer reads (default: editor)', ROLES),
  },
  examples: ['npx copydesk people token maria', 'npx copydesk people token "Jo Kim" --role viewer --json'],
  prints: '{ name, role, token, entry }',
  notes: [
    'The token is shown this once: the line has its hash alone. Replacing the line by one with another token ends the sessions of that person, and so does taking it out.',
    'It needs no server and changes no file.',
  ],
  async run({ output }, { name, role = 'editor' }) {
    const problem = nameProblem(name);
    if (problem) throw new UsageError('name', `name='${shortened(name)}' ${problem}`);
    const token = newToken();
    const entry = entryOf({ name, role, token: hashToken(token) });
    output.result({ name, role, token, entry }, () =>
      [
        `Token, shown this once: ${token}`,
        '',
        'Add this line to the file that COPYDESK_PEOPLE names:',
        '',
        entry,
      ].join('\n'),
    );
  },
});

export const people: Definition = {
  name: 'people',
  about: 'who signs in at the desk with a token of their own',
  examples: ['npx copydesk people token maria --role editor'],
  under: [peopleToken],
};
