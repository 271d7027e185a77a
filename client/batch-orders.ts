import { setTimeout as sleep } from 'node:timers/promises';
import { isBatchFinal } from '../contract/states.js';
import type { BatchStatus } from '../contract/status.js';
import type { Batches } from './batches.js';
import { NoWorkerError, RefusedError, UndeliveredError, UnseenError } from './errors.js';
import type { ApproveAll, Cancel, Pause, Resume, SetBudget } from '../contract/messages.js';

const PATIENCE_MS = 10_000;
const EVERY_MS = 250;

/** What a person tells a batch to do. */
export interface BatchOrder {
  readonly batchId: string;
  /** `pause`, as messages name it. */
  readonly name: string;
  send(): Promise<void>;
  /** Whether the batch's status shows that the order took effect. */
  shows(status: BatchStatus): boolean;
}

/**
 * Sends an order and watches up to 10 seconds until the batch's status shows it.
 *
 * @returns the status that shows it
 * @throws RefusedError when the batch has ended, UnseenError when the status does not show it, UndeliveredError without
 *   a worker
 */
export async function orderBatch(
  batches: Pick<Batches, 'status'>,
  { batchId, name, send, shows }: BatchOrder,
): Promise<BatchStatus> {
  await send();
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const status = await batches.status(batchId).catch((error: unknown) => {
      throw error instanceof NoWorkerError
        ? new UndeliveredError(`the ${name} of batch ${batchId}`, error)
        : error;
    });
    if (shows(status)) return status;
    if (isBatchFinal(status.status))
      throw new RefusedError(`batch ${batchId} is ${status.status}; the ${name} came too late`);
    if (performance.now() > until) throw new UnseenError(name, batchId, status.status);
    await sleep(EVERY_MS);
  }
}

/** As much of the batches as an order needs: to send it, and to see what became of it. */
type Ordered<Call extends keyof Batches> = Pick<Batches, 'status' | Call>;

/** Starts nothing new until it is resumed. @returns the status that shows it @throws as `orderBatch` does */
export const pauseBatch = (batches: Ordered<'pause'>, batchId: string, pause: Pause): Promise<BatchStatus> =>
  orderBatch(batches, {
    batchId,
    name: 'pause',
    send: () => batches.pause(batchId, pause),
    // A blocked one says so first; it continues neither way.
    shows: (now) => now.status === 'paused' || now.status === 'blocked',
  });

/** Ends a pause or a block. @returns the status that shows it @throws as `orderBatch` does, RefusedError with nothing to resume */
export async function resumeBatch(
  batches: Ordered<'resume'>,
  batchId: string,
  resume: Resume,
): Promise<BatchStatus> {
  const before = await batches.status(batchId);
  return orderBatch(batches, {
    batchId,
    name: 'resume',
    send: () => batches.resume(batchId, resume),
    shows: resumed(before),
  });
}

const blockedPosts = ({ posts }: BatchStatus): string[] =>
  posts.filter((post) => post.status === 'blocked').map((post) => post.id);

/**
 * What shows that a batch of this status was resumed: it is not paused or blocked any more, or one of its posts isn't.
 *
 * @throws RefusedError when it has ended, or nothing in it is halted
 */
export function resumed(before: BatchStatus): (now: BatchStatus) => boolean {
  const { id, status } = before;
  if (isBatchFinal(status)) throw new RefusedError(`batch ${id} is ${status}; it is too late to resume`);
  if (status === 'paused' || status === 'blocked') return (now) => now.status !== status;
  const blocked = blockedPosts(before);
  if (blocked.length === 0)
    throw new RefusedError(`batch ${id} is ${status}, and nothing in it is paused or blocked`);
  return (now) => {
    const still = new Set(blockedPosts(now));
    return blocked.some((post) => !still.has(post));
  };
}

/** Sets what it may spend. @returns the status after it @throws as `orderBatch` does */
export const setBatchBudget = (
  batches: Ordered<'setBudget'>,
  batchId: string,
  budget: SetBudget,
): Promise<BatchStatus> =>
  orderBatch(batches, {
    batchId,
    name: 'budget',
    send: () => batches.setBudget(batchId, budget),
    // No status shows a month's limit: that the batch still runs is all there is to see.
    shows: (now) => (budget.of === 'month' ? !isBatchFinal(now.status) : now.budgetUsd === budget.usd),
  });

/**
 * Cancels it and its unpublished posts.
 *
 * @returns its status once it has ended, or after 10 seconds the one it has then
 * @throws RefusedError when it has ended before, UndeliveredError without a worker
 */
export async function cancelBatch(
  batches: Ordered<'cancel'>,
  batchId: string,
  cancellation: Cancel,
): Promise<BatchStatus> {
  await batches.cancel(batchId, cancellation);
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const status = await batches.status(batchId).catch(undelivered(`the cancellation of batch ${batchId}`));
    if (isBatchFinal(status.status) || performance.now() > until) return status;
    await sleep(EVERY_MS);
  }
}

/**
 * Approves the posts that wait now.
 *
 * @returns the batch's status after it; its posts hear of it from the batch
 * @throws RefusedError when none waits, UndeliveredError without a worker
 */
export async function approveWaiting(
  batches: Ordered<'approveAll'>,
  batchId: string,
  approval: ApproveAll,
): Promise<BatchStatus> {
  requireWaiting(await batches.status(batchId));
  await batches.approveAll(batchId, approval);
  return batches.status(batchId).catch(undelivered(`the approval of batch ${batchId}`));
}

/** The posts that wait for approval. @throws RefusedError when there are none */
export function requireWaiting({ id, status, posts }: BatchStatus): BatchStatus['posts'] {
  const waiting = posts.filter((post) => post.status === 'awaiting_approval');
  if (waiting.length === 0)
    throw new RefusedError(`batch ${id} is ${status} and has no post that waits for approval`);
  return waiting;
}

const undelivered =
  (what: string) =>
  (error: unknown): never => {
    throw error instanceof NoWorkerError ? new UndeliveredError(what, error) : error;
  };
