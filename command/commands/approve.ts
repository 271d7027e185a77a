import type { Command } from 'commander';
import type { Approve } from '../../contract/messages.js';
import { approveBatch } from '../approve-batch.js';
import { boundApproval, type BoundApproval } from '../approve-each.js';
import type { Copydesk } from '../../client/copydesk.js';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import { GATES } from '../../contract/states.js';
import { decideEach, reportDecisions } from '../decisions.js';
import { UsageError } from '../../contract/errors.js';
import type { DocumentedCommand } from '../manual.js';
import {
  byValue,
  gateValue,
  idValue,
  idValues,
  optional,
  publishAtValue,
  revisionValue,
  textValue,
} from '../options/values.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

interface Options {
  readonly batch?: string;
  readonly revision?: string;
  readonly gate?: string;
  readonly at?: string;
  readonly now?: boolean;
  readonly note?: string;
  readonly by?: string;
}

/** `approve`: single posts by their ids, or all that wait in a batch. */
export function addApprove(parent: DocumentedCommand, context: Context): void {
  parent
    .command('approve')
    .description('approve posts that wait for a person')
    .argument('[ids...]', "the posts' ids")
    .option('--batch <id>', 'all posts that wait in this batch, instead of ids')
    .option('--revision <n>', 'only if this is still the revision that waits')
    .choice('--gate <gate>', 'only if this gate is open', GATES)
    .option('--at <time>', 'publish at this time, ISO 8601 with zone, or next for the next free slot')
    .option('--now', 'publish at once, whatever slots the account has')
    .option('--note <text>', 'a note for the record')
    .option('--by <who>', 'who decides (default: the user of this computer)')
    .manual({
      examples: [
        'npx copydesk approve UpkTZ26nc9Eb',
        'npx copydesk approve UpkTZ26nc9Eb b7Qm2LxT0sWd --at 2027-01-31T09:00:00+01:00',
        'npx copydesk approve --batch Zr4hK8vYp1Nc --note "Good set"',
      ],
      prints: '{ results: [{ id, status, revision }] }',
      notes: [
        'An approval counts for one gate and one revision: those that are named, else those that the post shows when the command looks. So one that is repeated approves nothing at the next gate.',
        'An approved post takes the next free slot of its account, and goes out at once where the account has none. --at and --now beat the slot.',
        'With --batch, all posts that wait in the batch are approved for the gates that are open.',
      ],
    })
    .action((ids: string[], options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => approve(run, ids, options)),
    );
}

async function approve(run: CommandRun, texts: readonly string[], options: Options): CommandEnd {
  const ids = idValues(texts);
  const batch = optional(options.batch, (text) => idValue('batch', text));
  const approval = approvalOf(options);
  refuseMixedUse(ids, batch, approval);
  const { by, note, publishAt } = approval;
  return withCopydesk(run, async (copydesk) =>
    batch
      ? reportDecisions(run.output, await approveBatch(copydesk, batch, { by, note, publishAt }))
      : approveEach(run, copydesk, ids, approval),
  );
}

async function approveEach(run: CommandRun, copydesk: Copydesk, ids: readonly string[], approval: Approve) {
  const bound = new Map<string, BoundApproval>();
  const results = await decideEach(ids, async (id) => {
    const exact = await boundApproval(copydesk.posts, id, approval);
    bound.set(id, exact);
    return copydesk.posts.review(id, { decision: 'approve', ...exact });
  });
  return reportDecisions(run.output, results, (id) => {
    const { gate, revision } = bound.get(id)!;
    return ` (approved at gate ${gate}, revision ${revision})`;
  });
}

function approvalOf(options: Options): Approve {
  return {
    by: byValue(options.by),
    gate: optional(options.gate, gateValue),
    revision: optional(options.revision, revisionValue),
    note: optional(options.note, (text) => textValue('note', text, TEXT_LIMITS.note)),
    publishAt: publishAtOf(options),
  };
}

/** Left out for what the account does: its next free slot, or at once. @throws UsageError */
function publishAtOf({ at, now = false }: Options): string | undefined {
  if (at !== undefined && now) throw new UsageError('now', '--at and --now exclude each other');
  return now ? 'now' : optional(at, (text) => publishAtValue('at', text, Date.now()));
}

/** @throws UsageError for options that exclude each other */
function refuseMixedUse(
  ids: readonly string[],
  batch: string | undefined,
  { revision, gate }: Approve,
): void {
  if (batch !== undefined && ids.length > 0) {
    throw new UsageError(
      'batch',
      `batch='${batch}' and the id ${ids[0]} exclude each other; give ids or --batch`,
    );
  }
  if (batch === undefined && ids.length === 0) {
    throw new UsageError('id', 'id is missing; give the ids of posts, or --batch with the id of a batch');
  }
  if (batch !== undefined && revision !== undefined) {
    throw new UsageError('revision', `revision='${revision}' is of one post; it is not allowed with --batch`);
  }
  if (batch !== undefined && gate !== undefined) {
    throw new UsageError(
      'gate',
      `gate='${gate}' is not allowed with --batch, which approves the gate that is open`,
    );
  }
}
