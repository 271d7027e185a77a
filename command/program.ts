import { packageVersion } from '../config/package-version.js';
import { addAccountsCheck } from './commands/accounts-check.js';
import { addApprove } from './commands/approve.js';
import { addArchiveExport } from './commands/archive-export.js';
import { addArchiveImport } from './commands/archive-import.js';
import { addArchiveRebuild } from './commands/archive-rebuild.js';
import { addBatchBudget } from './commands/batch-budget.js';
import { addBatchCancel } from './commands/batch-cancel.js';
import { addBatchList } from './commands/batch-list.js';
import { addBatchPause } from './commands/batch-pause.js';
import { addBatchResume } from './commands/batch-resume.js';
import { addBatchStart } from './commands/batch-start.js';
import { addBatchStatus } from './commands/batch-status.js';
import { addChat } from './commands/chat.js';
import { addCompletion } from './commands/completion.js';
import { addCosts } from './commands/costs.js';
import { addDesk } from './commands/desk.js';
import { addEdit } from './commands/edit.js';
import { addPeopleToken } from './commands/people-token.js';
import { addPostCancel } from './commands/post-cancel.js';
import { addPostMove } from './commands/post-move.js';
import { addPostUnpublish } from './commands/post-unpublish.js';
import { addPostList } from './commands/post-list.js';
import { addPostShare } from './commands/post-share.js';
import { addPostStatus } from './commands/post-status.js';
import { addPricesCheck } from './commands/prices-check.js';
import { addReject } from './commands/reject.js';
import { addResume } from './commands/resume.js';
import { addRevise } from './commands/revise.js';
import { addSlots } from './commands/slots.js';
import { addScheduleAdd } from './commands/schedule-add.js';
import { addScheduleList } from './commands/schedule-list.js';
import { addSchedulePause } from './commands/schedule-pause.js';
import { addScheduleRemove } from './commands/schedule-remove.js';
import { addScheduleResume } from './commands/schedule-resume.js';
import { addScheduleRun } from './commands/schedule-run.js';
import { addUp } from './commands/up.js';
import { addWorker } from './commands/worker.js';
import type { Context } from './context.js';
import { DocumentedCommand } from './manual.js';
import { createOutput } from './output/output.js';

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
    })
    .configureHelp({ showGlobalOptions: true });

  addUp(program, context);
  addWorker(program, context);
  addDesk(program, context);
  addBatch(program, context);
  addPost(program, context);
  addApprove(program, context);
  addReject(program, context);
  addRevise(program, context);
  addEdit(program, context);
  addResume(program, context);
  addSlots(program, context);
  addChat(program, context);
  addCosts(program, context);
  addSchedule(program, context);
  addArchive(program, context);
  const accounts = program
    .command('accounts')
    .description('the account files')
    .manual({ examples: ['npx copydesk accounts check'] });
  addAccountsCheck(accounts, context);
  const people = program
    .command('people')
    .description('who signs in at the desk with a token of their own')
    .manual({ examples: ['npx copydesk people token maria --role editor'] });
  addPeopleToken(people, context);
  const prices = program
    .command('prices')
    .description('the table of prices that estimates and budgets count with')
    .manual({ examples: ['npx copydesk prices check'] });
  addPricesCheck(prices, context);
  addCompletion(program, context);

  return program.manual({
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
}

function addBatch(program: DocumentedCommand, context: Context): void {
  const batch = program
    .command('batch')
    .description('a run of a planner: so many posts of each format, one budget')
    .manual({ examples: ['npx copydesk batch list', 'npx copydesk batch status Zr4hK8vYp1Nc --watch'] });
  addBatchStart(batch, context);
  addBatchStatus(batch, context);
  addBatchList(batch, context);
  addBatchPause(batch, context);
  addBatchResume(batch, context);
  addBatchBudget(batch, context);
  addBatchCancel(batch, context);
}

function addSchedule(program: DocumentedCommand, context: Context): void {
  const schedule = program
    .command('schedule')
    .description('a batch that is started again and again, at certain times')
    .manual({
      examples: ['npx copydesk schedule list', 'npx copydesk schedule run Zr4hK8vYp1Nc'],
    });
  addScheduleAdd(schedule, context);
  addScheduleList(schedule, context);
  addSchedulePause(schedule, context);
  addScheduleResume(schedule, context);
  addScheduleRun(schedule, context);
  addScheduleRemove(schedule, context);
}

function addPost(program: DocumentedCommand, context: Context): void {
  const post = program
    .command('post')
    .description('one post, from its plan to its publication')
    .manual({ examples: ['npx copydesk post list --waiting', 'npx copydesk post status UpkTZ26nc9Eb'] });
  addPostStatus(post, context);
  addPostList(post, context);
  addPostMove(post, context);
  addPostCancel(post, context);
  addPostShare(post, context);
  addPostUnpublish(post, context);
}

function addArchive(program: DocumentedCommand, context: Context): void {
  const archive = program
    .command('archive')
    .description('what outlives the workflows: back it up, take it in, rebuild it')
    .manual({
      examples: ['npx copydesk archive export --file copydesk.ndjson', 'npx copydesk archive rebuild'],
    });
  addArchiveExport(archive, context);
  addArchiveImport(archive, context);
  addArchiveRebuild(archive, context);
}
