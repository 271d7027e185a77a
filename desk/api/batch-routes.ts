import type { Hono } from 'hono';
import {
  approveWaiting,
  cancelBatch,
  pauseBatch,
  resumeBatch,
  setBatchBudget,
} from '../../client/batch-orders.js';
import { batchEndpoints } from '../../contract/api/batches.js';
import { toUsd } from '../../contract/money/nano.js';
import { estimateBatch } from '../../contract/money/prices/estimate.js';
import type { BatchStatus } from '../../contract/status.js';
import type { DeskDeps } from '../deps.js';
import type { Reader } from '../reading/reader.js';
import type { Session } from '../http/session.js';
import { checkedOrder } from './batch-order.js';
import { deciderOf } from './decider.js';
import { noticeOf } from './post-document.js';
import { requireFuture } from './post-routes.js';
import { ApiRefusal } from './refusal.js';
import { serve } from './serve.js';

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
