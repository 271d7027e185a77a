import type { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Reader } from '../reading/reader.js';
import type { Session } from '../http/session.js';
import { serve } from './serve.js';
import { batchEndpoints, type BatchOrderBody } from '../../contract/api/batches.js';
import { noticeOf, requireFuture } from './post-routes.js';
import { estimateBatch } from '../../contract/money/prices/estimate.js';
import { toUsd } from '../../contract/money/nano.js';
import { ApiRefusal } from './refusal.js';
import {
  approveWaiting,
  cancelBatch,
  pauseBatch,
  resumeBatch,
  setBatchBudget,
} from '../../client/batch-orders.js';
import { deciderOf } from './require.js';
import type { BatchStatus } from '../../contract/status.js';
import { batchInput, type NewBatch } from '../../client/batches.js';
import type { BatchInput } from '../../contract/batch.js';
import { briefWithQuestions, noOpenQuestion, OPEN_QUESTIONS_MOST } from '../../contract/open-questions.js';
import { accountHint } from '../../config/accounts/hint.js';

/** `/api/batches`: the list, a batch, its start, and what a person tells it. */
export function serveBatches(api: Hono, deps: DeskDeps, reader: Reader, session: Session): void {
  const { archive, batches, settings, now } = deps;

  serve(api, session, batchEndpoints.list, ({ query }) => archive.records.listBatches(query));

  serve(api, session, batchEndpoints.read, async ({ id }) => {
    const batch = await requireBatch(reader, id);
    return { ...batch, ...noticeOf(batch) };
  });

  serve(api, session, batchEndpoints.estimate, async ({ body }) => {
    const { input } = await checkedOrder(deps, body);
    const { total, calls } = estimateBatch({ ...input, textRate: settings.textRate ?? null });
    const steps = calls.map((row) => ({
      ...{ step: row.step, model: row.model, calls: row.calls },
      costUsd: toUsd(row.total),
    }));
    return { costUsd: toUsd(total), steps };
  });

  serve(api, session, batchEndpoints.start, async ({ body }) => {
    const { order, input } = await checkedOrder(deps, body);
    // Temporal forgets an ended batch in time, and the archive does not.
    if (order.id !== undefined && (await archive.records.findBatch(input.id)))
      throw new ApiRefusal(
        409,
        `id='${input.id}' is already used by a batch; leave it out to draw a new one`,
        'id',
      );
    const { batchId } = await batches.start({ ...order, id: input.id });
    return { batchId };
  });

  serve(api, session, batchEndpoints.approve, async ({ id, body, person }) => {
    await requireBatch(reader, id);
    requireFuture(body.publishAt, now());
    return stateOf(await approveWaiting(batches, id, { ...body, by: deciderOf(person, body.by) }));
  });
  serve(api, session, batchEndpoints.pause, async ({ id, body, person }) => {
    await requireBatch(reader, id);
    return stateOf(await pauseBatch(batches, id, { by: deciderOf(person, body.by) }));
  });
  serve(api, session, batchEndpoints.resume, async ({ id, body, person }) => {
    await requireBatch(reader, id);
    return stateOf(await resumeBatch(batches, id, { by: deciderOf(person, body.by) }));
  });
  serve(api, session, batchEndpoints.cancel, async ({ id, body, person }) => {
    await requireBatch(reader, id);
    return stateOf(await cancelBatch(batches, id, { ...body, by: deciderOf(person, body.by) }));
  });
  serve(api, session, batchEndpoints.budget, async ({ id, body, person }) => {
    await requireBatch(reader, id);
    return stateOf(await setBatchBudget(batches, id, { ...body, by: deciderOf(person, body.by) }));
  });
}

const stateOf = ({ status }: BatchStatus) => ({ status });

/** @throws Refusal */
async function requireBatch(reader: Reader, id: string): Promise<BatchStatus> {
  const batch = await reader.batch(id);
  if (!batch) throw new ApiRefusal(404, `No such batch: ${id.slice(0, 60)}`);
  return batch;
}

export interface CheckedOrder {
  readonly order: NewBatch;
  /** The same with what was left out. */
  readonly input: BatchInput;
}

/**
 * The batch that a body orders, with its account as its file is now. Nothing has been started when this throws.
 *
 * @throws Refusal 400 for an account without a file that can be used and 409 without an open question, UsageError for a planner, mix, budget or id
 */
export async function checkedOrder(
  deps: Pick<DeskDeps, 'accounts' | 'archive' | 'settings'>,
  { fromQuestions = false, ...body }: BatchOrderBody,
): Promise<CheckedOrder> {
  const { accounts, settings } = deps;
  const account = await accounts.account(body.account);
  if (!account) throw new ApiRefusal(400, await unknownAccount(accounts, body.account), 'account');
  const order = { ...body, account };
  if (fromQuestions) {
    const brief = await briefFromQuestions(deps, account.handle, body.brief ?? null);
    if (brief === null) throw new ApiRefusal(409, noOpenQuestion(account.handle), 'fromQuestions');
    return { order: { ...order, brief }, input: batchInput({ ...order, brief }, settings.url) };
  }
  return { order, input: batchInput(order, settings.url) };
}

async function unknownAccount(accounts: DeskDeps['accounts'], handle: string): Promise<string> {
  const known = await accounts.handles();
  const shown = `account='${handle.slice(0, 60)}'`;
  if (known.includes(handle)) return `${shown} has a file with problems; copydesk accounts check lists them`;
  return `${shown} has no file; ${accountHint(handle, known)}`;
}

/** A brief with what readers of an account asked in vain; null where nobody did. */
export async function briefFromQuestions(
  { archive }: Pick<DeskDeps, 'archive'>,
  account: string,
  brief: string | null,
): Promise<string | null> {
  const open = await archive.chats.listOpenQuestions(account, OPEN_QUESTIONS_MOST);
  if (open.length === 0) return null;
  return briefWithQuestions(
    brief,
    open.map(({ question }) => question),
  );
}
