import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addAccountsCheck } from './commands/accounts-check.js';
import { addApprove } from './commands/approve.js';
import { addBatchCancel } from './commands/batch-cancel.js';
import { addBatchList } from './commands/batch-list.js';
import { addBatchStart } from './commands/batch-start.js';
import { addBatchStatus } from './commands/batch-status.js';
import { addPostCancel } from './commands/post-cancel.js';
import { addPostList } from './commands/post-list.js';
import { addPostStatus } from './commands/post-status.js';
import { addReject } from './commands/reject.js';
import { addUp } from './commands/up.js';
import type { Context } from './context.js';

/** The whole command. Errors of its parser are thrown, not printed; help goes to stdout. */
export function createProgram(context: Context): Command {
  const program = new Command('copydesk')
    .description(
      'Runs social accounts the way a copy desk runs a page: planned, drafted, illustrated, approved, published.',
    )
    .version(version(), '-V, --version', 'print the version')
    .option('--json', 'one JSON document on stdout; progress and logs on stderr')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: () => {},
    })
    .configureHelp({ showGlobalOptions: true });

  addUp(program, context);
  const batch = program
    .command('batch')
    .description('a run of a planner: so many posts of each format, one budget');
  addBatchStart(batch, context);
  addBatchStatus(batch, context);
  addBatchList(batch, context);
  addBatchCancel(batch, context);
  const post = program.command('post').description('one post, from its plan to its publication');
  addPostStatus(post, context);
  addPostList(post, context);
  addPostCancel(post, context);
  addApprove(program, context);
  addReject(program, context);
  const accounts = program.command('accounts').description('the account files');
  addAccountsCheck(accounts, context);

  return program.addHelpText(
    'after',
    `
Examples:
  $ npx copydesk up
  $ npx copydesk batch start --account ashtalksai --planner evaluation_and_benchmarks --mix hero_text=4,video=1 --wait
  $ npx copydesk post list --waiting
  $ npx copydesk approve UpkTZ26nc9Eb

Exit codes: 0 done, 1 failed, 2 wrong use.`,
  );
}

/** Beside the sources and, one folder up, beside the compiled files. */
function version(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      return (JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as { version: string })
        .version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}
