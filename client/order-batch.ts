import { setTimeout as sleep } from 'node:timers/promises';
import { isBatchFinal } from '../contract/states.js';
import type { BatchStatus } from '../contract/status.js';
import type { Batches } from './batches.js';
import { NoWorkerError, RefusedError, UndeliveredError, UnseenError } from './errors.js';

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
