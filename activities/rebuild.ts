import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { BatchInput, PostInput } from '../contract/batch.js';
import { batchWorkflowId, postWorkflowId } from '../contract/ids.js';
import { batchStatusQuery } from '../contract/messages.js';
import type { Skipped } from '../contract/rebuild.js';
import type { BatchStatus } from '../contract/status.js';
import type { BatchRecord, PostRecord } from '../services/archive/records/records.js';
import type { Payer } from '../contract/money/spend.js';
import type { Archive } from '../services/archive/archive.js';
import type { Ledger } from '../services/archive/ledger/ledger.js';
import type { TakenSlots } from '../services/archive/slots/taken-slots.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';
import { type KnownRun, type KnownSlot, fetchRun, listRuns, UnreadableHistory } from './rebuild-history.js';
import type { Charge } from '../contract/money/charge.js';
import { toUsd } from '../contract/money/nano.js';

/** A page of the list of what Temporal knows. */
export interface RebuildPage {
  readonly workflow: 'batch' | 'post' | 'edit' | 'unpublish';
  /** Where the last page ended; null for the first. */
  readonly token: string | null;
}

export interface RebuiltPage {
  /** Batches, posts or posts taken back whose record is in the archive now. */
  readonly records: number;
  readonly publications: number;
  readonly skipped: readonly Skipped[];
  /** Null after the last page. */
  readonly token: string | null;
}

const ANSWER_MS = 10_000;
/** A run that a next run took over from: that one counts. */
const CONTINUED_AS_NEW = 6;

export const createRebuild = ({ archive }: Services) => ({
  /**
   * Writes the records of a page of batches or posts to the archive, as their histories have them. May be repeated: an
   * older record never replaces a newer one, and what is there already stays.
   */
  rebuildPage({ workflow, token }: RebuildPage): Promise<RebuiltPage> {
    const { client } = Context.current();
    return withHeartbeat(null, async () => {
      const page = await listRuns(client, workflow, token);
      const skipped: Skipped[] = [];
      let [records, publications] = [0, 0];
      for (const execution of page.runs) {
        const { workflowId = '', runId = '' } = execution.execution ?? {};
        // Others may run workflows of the same name in this namespace.
        if (!workflowId?.startsWith(`${workflow}/`)) continue;
        try {
          const run = await fetchRun(client, workflowId, String(runId));
          const continued = execution.status === CONTINUED_AS_NEW;
          if (workflow === 'batch') await saveBatchRun(archive, client, workflowId, run);
          else if (workflow === 'post') await savePostRun(archive, workflowId, run, continued);
          else if (workflow === 'edit') await saveEditRun(archive, run);
          else await saveUnpublishRun(archive, run);
          if (!continued) records += 1;
          publications += run.publications.length;
        } catch (error) {
          skipped.push({ id: workflowId, reason: reasonToSkip(error) });
        }
      }
      return { records, publications, skipped, token: page.token };
    });
  },
});

type Books = Pick<Archive, 'records' | 'ledger' | 'slots'>;

async function saveBatchRun(
  { records, ledger }: Books,
  client: Client,
  id: string,
  run: KnownRun,
): Promise<void> {
  const [input, carried] = run.input as [BatchInput?, Carried?];
  if (!input || id !== batchWorkflowId(input.id))
    throw new UnreadableHistory('its input is not that of a batch');
  if (run.record) await records.saveBatch(run.record as BatchRecord);
  else if (!(await records.findBatch(input.id)))
    await records.saveBatch(batchFromAnswer(input, carried, await answerOf(client, id)));
  const { account, planner } = input;
  await settle(ledger, run, { account: account.handle, planner, batchId: input.id, postId: null });
}

async function savePostRun(
  { records, ledger, slots }: Books,
  id: string,
  run: KnownRun,
  continued: boolean,
): Promise<void> {
  const [input] = run.input as [PostInput?];
  if (!input || id !== postWorkflowId(input.id))
    throw new UnreadableHistory('its input is not that of a post');
  const { account, planner, batchId } = input;
  const record = run.record as PostRecord | null;
  if (record) {
    if (!(await records.findBatch(batchId)))
      await records.saveBatch(batchFromPost(input, record.status.createdAt));
    for (const { task, publication } of run.publications)
      await records.savePublication(task.edition, publication);
    await records.savePost({ ...record, revisions: run.revisions });
  }
  if (run.slot) await saveSlot(slots, run.slot);
  await settle(ledger, run, { account: account.handle, planner, batchId, postId: input.id });
  // The next run begins with a record.
  if (!record && !continued)
    throw new UnreadableHistory('it has no record yet: it writes one when it waits, stops or ends');
}

/** With more than a request the history has the account's week, which is no matter of the archive. */
function saveSlot(slots: TakenSlots, { request, at }: KnownSlot): Promise<void> {
  const { postId, account, sequence } = request;
  const word = { postId, account, sequence };
  return at === null ? slots.giveBack(word) : slots.takeAt(word, at);
}

async function saveEditRun({ records }: Books, { edit, targetEdits }: KnownRun): Promise<void> {
  if (!edit) return;
  await records.saveEdit(edit);
  for (const made of targetEdits) await records.saveTargetEdit(made);
}

/** Of several runs for one post the first took it back; what a later one had from targets counts as well. */
async function saveUnpublishRun({ records }: Books, { unpublication, removals }: KnownRun): Promise<void> {
  if (!unpublication) return;
  await records.unpublishPost(unpublication);
  for (const removal of removals) await records.saveRemoval(unpublication.postId, removal);
}

/** After the record, which may have said more of a charge. */
async function settle(ledger: Ledger, { charges }: KnownRun, payer: Payer): Promise<void> {
  if (charges.length > 0) await ledger.settle({ payer, charges });
}

/** The first run of a long batch, with its record in it, may be forgotten already; then the batch is asked itself. */
async function answerOf(client: Client, id: string): Promise<BatchStatus> {
  try {
    const { workflow } = client;
    return await client.withDeadline(Date.now() + ANSWER_MS, () =>
      workflow.getHandle(id).query(batchStatusQuery),
    );
  } catch (error) {
    throw new UnreadableHistory(`it wrote no record and does not answer: ${(error as Error).message}`);
  }
}

/** SQLSTATE class 22, data exceptions, and 23, constraint violations: of this record, not of the archive. */
const OF_THE_RECORD = /^2[23]/;
const LONGEST_REASON = 200;

/** @throws the error itself where it tells of the archive or of Temporal: then the page is tried again */
function reasonToSkip(error: unknown): string {
  const { code, message } = error as Error & { code?: unknown };
  const ofTheRecord =
    error instanceof UnreadableHistory || (typeof code === 'string' && OF_THE_RECORD.test(code));
  if (!ofTheRecord) throw error;
  return message.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, LONGEST_REASON);
}

/** What a run of a batch hands on to the next, as far as the record needs it. */
interface Carried {
  /** How many records have been written. */
  readonly recorded: number;
  readonly plan: { readonly pages: readonly { readonly charges: readonly Charge[] }[] };
}

/** A batch from its own answer, where none of its runs that Temporal still knows wrote a record. Its next one replaces it. */
function batchFromAnswer(input: BatchInput, carried: Carried | undefined, status: BatchStatus): BatchRecord {
  const charges = carried?.plan.pages.flatMap((page) => page.charges) ?? [];
  return { sequence: carried?.recorded ?? 0, status, account: input.account, charges };
}

/**
 * What one of its posts knows of a batch that Temporal has forgotten. Without a batch its posts have no account, and no
 * page. Any true record of the batch replaces it.
 */
function batchFromPost(input: PostInput, createdAt: string): BatchRecord {
  const { batchId, account, planner, contentFormat, specialMessage, brief, repeat, offline, budget } = input;
  const status: BatchStatus = {
    id: batchId,
    account: account.handle,
    planner,
    mix: { [contentFormat]: 1 },
    specialMessage,
    brief,
    ...(repeat !== undefined && { repeat }),
    offline,
    status: 'failed',
    budgetUsd: toUsd(budget ?? account.budget.batch),
    costUsd: 0,
    unknownUsd: 0,
    counts: {},
    pipeline: [],
    posts: [],
    createdAt,
    error: {
      type: 'Batch.Forgotten',
      message: 'the archive was rebuilt when Temporal had forgotten this batch; only its posts are known',
      requestId: null,
    },
  };
  return { sequence: 0, status, account, charges: [] };
}
