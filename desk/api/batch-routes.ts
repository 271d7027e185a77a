import type { z } from 'zod';
import type { Serve } from './serve.js';
import type { DeskDeps } from '../deps.js';
import type { Reader } from '../reading/reader.js';
import { batchEndpoints, type BatchOrderBody } from '../../contract/api/batches.js';
import { noticeOf, requireFuture } from './post-routes.js';
import { estimateBatch } from '../../contract/money/prices/estimate.js';
import { toUsd } from '../../contract/money/nano.js';
import { ApiRefusal, requireAccountFile } from './refusal.js';
import {
  approveWaiting,
  cancelBatch,
  pauseBatch,
  resumeBatch,
  setBatchBudget,
} from '../../client/batch-orders.js';
import type { Endpoint } from '../../contract/api/endpoint.js';
import type { BatchStatus } from '../../contract/status.js';
import { batchInput, type NewBatch } from '../../client/batches.js';
import type { BatchInput } from '../../contract/batch.js';
import { briefWithQuestions, noOpenQuestion, OPEN_QUESTIONS_MOST } from '../../contract/open-questions.js';

/** `/api/batches`: the list, a batch, its start, and what a person tells it. */
export function serveBatches(serve: Serve, deps: DeskDeps, reader: Reader): void {
  const { archive, batches, settings, now } = deps;

  serve(batchEndpoints.list, ({ query }) => archive.records.listBatches(query));

  serve(batchEndpoints.read, async ({ id }) => {
    const batch = await requireBatch(id);
    return { ...batch, ...noticeOf(batch) };
  });

  serve(batchEndpoints.estimate, async ({ body }) => {
    const { input } = await checkedOrder(deps, body);
    const { total, calls } = estimateBatch({ ...input, textRate: settings.textRate ?? null });
    const steps = calls.map((row) => ({
      step: row.step,
      model: row.model,
      calls: row.calls,
      costUsd: toUsd(row.total),
    }));
    return { costUsd: toUsd(total), steps };
  });

  serve(batchEndpoints.start, async ({ body }) => {
    const { order, input } = await checkedOrder(deps, body);
    // Temporal forgets an ended batch in time, and the archive does not.
    if (order.id !== undefined && (await archive.records.findBatch(input.id))) {
      const message = `id='${input.id}' is already used by a batch; leave it out to draw a new one`;
      throw new ApiRefusal(409, message, 'id');
    }
    const { batchId } = await batches.start({ ...order, id: input.id });
    return { batchId };
  });

  serveOrder(batchEndpoints.approve, (id, approval) => {
    requireFuture(approval.publishAt, now());
    return approveWaiting(batches, id, approval);
  });
  serveOrder(batchEndpoints.pause, (id, pause) => pauseBatch(batches, id, pause));
  serveOrder(batchEndpoints.resume, (id, resume) => resumeBatch(batches, id, resume));
  serveOrder(batchEndpoints.cancel, (id, cancellation) => cancelBatch(batches, id, cancellation));
  serveOrder(batchEndpoints.budget, (id, budget) => setBatchBudget(batches, id, budget));

  function serveOrder<Body extends z.ZodType<{ by?: string }>>(
    endpoint: Endpoint<undefined, Body>,
    give: (id: string, words: z.output<Body> & { by: string }) => Promise<BatchStatus>,
  ): void {
    serve(endpoint, async ({ id, body, by }) => {
      await requireBatch(id);
      const { status } = await give(id, { ...(body as z.output<Body>), by });
      return { status };
    });
  }

  async function requireBatch(id: string): Promise<BatchStatus> {
    const batch = await reader.batch(id);
    if (!batch) throw new ApiRefusal(404, `No such batch: ${id.slice(0, 60)}`);
    return batch;
  }
}

/**
 * The batch that a body orders, with its account as its file is now, and the same with what was left out. Nothing has been
 * started when this throws.
 *
 * @throws ApiRefusal 400 for an account without a file that can be used and 409 without an open question, UsageError for a planner, mix, budget or id
 */
async function checkedOrder(
  deps: Pick<DeskDeps, 'accounts' | 'archive' | 'settings'>,
  { fromQuestions = false, ...body }: BatchOrderBody,
): Promise<{ order: NewBatch; input: BatchInput }> {
  const { accounts, settings } = deps;
  const account = await requireAccountFile(accounts, body.account);
  let { brief } = body;
  if (fromQuestions) {
    const asked = await briefFromQuestions(deps, account.handle, brief ?? null);
    if (asked === null) throw new ApiRefusal(409, noOpenQuestion(account.handle), 'fromQuestions');
    brief = asked;
  }
  const order = { ...body, account, brief };
  return { order, input: batchInput(order, settings.url) };
}

/** A brief with what readers of an account asked in vain; null where nobody did. */
export async function briefFromQuestions(
  { archive }: Pick<DeskDeps, 'archive'>,
  account: string,
  brief: string | null,
): Promise<string | null> {
  const open = await archive.chats.listOpenQuestions(account, OPEN_QUESTIONS_MOST);
  const questions = open.map(({ question }) => question);
  return questions.length === 0 ? null : briefWithQuestions(brief, questions);
}
