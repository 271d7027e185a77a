import { packageVersion } from '../config/package-version.js';
import { accounts, people } from './commands/accounts.js';
import { approve } from './commands/approve.js';
import { archive } from './commands/archive.js';
import { batch } from './commands/batch.js';
import { chat } from './commands/chat.js';
import { completion } from './commands/completion.js';
import { edit, reject, resume, revise } from './commands/decide.js';
import { costs, prices } from './commands/money.js';
import { post, slots } from './commands/post.js';
import { desk, up, worker } from './commands/programs.js';
import { schedule } from './commands/schedule.js';
import type { Context } from './context.js';
import { addCommand } from './define.js';
import { HELP_COLUMNS } from './help-table.js';
import { DocumentedCommand } from './manual.js';
import { createOutput } from './output/output.js';

/** In the order of the help. */
const COMMANDS = [
  up,
  worker,
  desk,
  batch,
  post,
  approve,
  reject,
  revise,
  edit,
  resume,
  slots,
  chat,
  costs,
  schedule,
  archive,
  accounts,
  people,
  prices,
];

/** The whole command. Errors of its parser are thrown, not printed; help goes to stdout. */
export function createProgram(context: Context): DocumentedCommand {
  const program = new DocumentedCommand('copydesk')
    .description(
      'Runs social accounts the way a copy desk runs a page: planned, drafted, illustrated, approved, published.',
    )
    .version(packageVersion(), '-V, --version', 'print the version')
    .option('--json', 'one JSON document on stdout; progress and logs on stderr')
    .exitOverride()
    .configureOutput({
      writeOut: (text) =>
        createOutput(false, context.stdout, context.stderr).result(null, () => text.trimEnd()),
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(context.stdout.columns ?? HELP_COLUMNS, HELP_COLUMNS),
    })
    .configureHelp({ showGlobalOptions: true })
    .manual({
      examples: [
        'npx copydesk up',
        'npx copydesk batch start --account ashtalksai --planner evaluation_and_benchmarks --mix hero_text=4,video=1 --wait',
        'npx copydesk post list --waiting',
        'npx copydesk approve UpkTZ26nc9Eb',
      ],
      notes: [
        'Exit codes: 0 done, 1 failed, 2 wrong use. An error is one line on stderr, and with --json the document { error: { message, field? } }.',
      ],
    });
  for (const definition of COMMANDS) addCommand(program, context, definition);
  addCommand(program, context, completion(program));
  return program;
}
