import { RefusedError } from '../../client/errors.js';
import type { Posts } from '../../client/posts.js';
import { UsageError } from '../../contract/errors.js';
import { TEXT_LIMITS } from '../../contract/limits.js';
import type { Approve } from '../../contract/messages.js';
import { GATES, isFinal, type Gate } from '../../contract/states.js';
import { approveBatch } from '../approve-batch.js';
import { withCopydesk, type CommandRun } from '../context.js';
import { decideEach } from '../../client/decide-each.js';
import { reportDecisions } from '../decisions.js';
import { BY, defineCommand, flag, option, postIds } from '../define.js';
import {
  byValue,
  idValue,
  optional,
  publishAtValue,
  readOneOf,
  revisionValue,
  textValue,
} from '../options/values.js';

interface Options {
  readonly revision?: string;
  readonly gate?: string;
  readonly at?: string;
  readonly now: boolean;
  readonly note?: string;
  readonly by?: string;
}

/** Single posts by their ids, or all that wait in a batch. */
export const approve = defineCommand({
  name: 'approve',
  about: 'approve posts that wait for a person',
  takes: {
    ids: postIds('[ids...]'),
    batch: option('--batch <id>', 'all posts that wait in this batch, instead of ids', idValue),
    revision: option('--revision <n>', 'only if this is still the revision that waits'),
    gate: { ...option('--gate <gate>', 'only if this gate is open'), choices: GATES },
    at: option('--at <time>', 'publish at this time, ISO 8601 with zone, or next for the next free slot'),
    now: flag('--now', 'publish at once, whatever slots the account has'),
    note: option('--note <text>', 'a note for the record'),
    by: option(BY.flags, BY.about),
  },
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
  run(run, { ids, batch, ...options }) {
    const approval = readApproval(options);
    refuseMixedUse(ids, batch, approval);
    if (batch === undefined) return approveEach(run, ids, approval);
    const { by, note, publishAt } = approval;
    return withCopydesk(run, async (copydesk) =>
      reportDecisions(run.output, await approveBatch(copydesk, batch, { by, note, publishAt })),
    );
  },
});

function approveEach(run: CommandRun, ids: readonly string[], approval: Approve): Promise<0 | 1> {
  const bound = new Map<string, BoundApproval>();
  return withCopydesk(run, async ({ posts }) => {
    const results = await decideEach(ids, async (id) => {
      const exact = await boundApproval(posts, id, approval);
      bound.set(id, exact);
      return posts.review(id, { decision: 'approve', ...exact });
    });
    return reportDecisions(run.output, results, (id) => {
      const { gate, revision } = bound.get(id)!;
      return ` (approved at gate ${gate}, revision ${revision})`;
    });
  });
}

/** An approval of exactly what was seen. */
type BoundApproval = Approve & { readonly gate: Gate; readonly revision: number };

/**
 * Binds an approval to the gate and revision that the post shows now, as far as it does not name them itself. So one
 * that is repeated, or comes when the post has moved on to its next gate, approves nothing there.
 *
 * @throws RefusedError when no gate is open
 */
export async function boundApproval(
  posts: Pick<Posts, 'status'>,
  id: string,
  approval: Approve,
): Promise<BoundApproval> {
  const { gate, revision } = approval;
  if (gate !== undefined && revision !== undefined) return { ...approval, gate, revision };
  const seen = await posts.status(id);
  if (isFinal(seen.status)) throw new RefusedError(`post ${id} is ${seen.status}; it is too late to approve`);
  if (seen.gate === null) throw new RefusedError(`post ${id}: no gate is open: the post is ${seen.status}`);
  return { ...approval, gate: gate ?? seen.gate, revision: revision ?? seen.revision };
}

/** A time that is left out is for the account: its next free slot, or at once. @throws UsageError */
function readApproval({ by, gate, revision, note, at, now }: Options): Approve {
  const approval = {
    by: byValue(by),
    gate: optional(gate, (typed) => readOneOf('gate', typed, GATES)),
    revision: optional(revision, revisionValue),
    note: optional(note, (typed) => textValue('note', typed, TEXT_LIMITS.note)),
  };
  if (at !== undefined && now) throw new UsageError('now', '--at and --now exclude each other');
  const publishAt = now ? 'now' : optional(at, (typed) => publishAtValue('at', typed, Date.now()));
  return { ...approval, publishAt };
}

/** @throws UsageError for options that exclude each other */
function refuseMixedUse(
  ids: readonly string[],
  batch: string | undefined,
  { revision, gate }: Approve,
): void {
  if (batch !== undefined && ids.length > 0)
    throw new UsageError(
      'batch',
      `batch='${batch}' and the id ${ids[0]} exclude each other; give ids or --batch`,
    );
  if (batch === undefined && ids.length === 0)
    throw new UsageError('id', 'id is missing; give the ids of posts, or --batch with the id of a batch');
  if (batch !== undefined && revision !== undefined)
    throw new UsageError('revision', `revision='${revision}' is of one post; it is not allowed with --batch`);
  if (batch !== undefined && gate !== undefined)
    throw new UsageError(
      'gate',
      `gate='${gate}' is not allowed with --batch, which approves the gate that is open`,
    );
}
