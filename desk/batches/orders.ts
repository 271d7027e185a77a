import {
  approveWaiting,
  cancelBatch,
  pauseBatch,
  resumeBatch,
  setBatchBudget,
} from '../../client/batch-orders.js';
import { UsageError } from '../../contract/errors.js';
import { dollars, parseUsd, toUsd } from '../../contract/money/nano.js';
import type { BatchStatus } from '../../contract/status.js';
import type { DeskDeps } from '../deps.js';

/** What a form tells a batch: the last part of its address. */
export const ORDERS = ['approve', 'pause', 'resume', 'budget', 'cancel'] as const;
export type OrderName = (typeof ORDERS)[number];

const REASON_LIMIT = 500;

/**
 * Tells a batch what a form says, and waits up to 10 seconds until it shows.
 *
 * @returns the batch's status after it
 * @throws UsageError for a field that can't be used, RefusedError and the client's other errors
 */
export async function giveOrder(
  batches: DeskDeps['batches'],
  id: string,
  { name, by, texts }: { name: OrderName; by: string; texts: Readonly<Record<string, string>> },
): Promise<BatchStatus> {
  switch (name) {
    case 'approve':
      return approveWaiting(batches, id, { by });
    case 'pause':
      return pauseBatch(batches, id, { by });
    case 'resume':
      return resumeBatch(batches, id, { by });
    case 'cancel': {
      const reason = (texts.reason ?? '').trim().slice(0, REASON_LIMIT);
      return cancelBatch(batches, id, { by, ...(reason !== '' && { reason }) });
    }
    case 'budget': {
      const usd = parseUsd((texts.usd ?? '').replace(/^\s*\$/, ''));
      if (usd === null)
        throw new UsageError(
          'usd',
          'A budget is an amount in US dollars from 0 to 1000000, such as 5 or 2.50.',
        );
      return setBatchBudget(batches, id, {
        by,
        usd: toUsd(usd),
        ...(texts.of === 'month' && { of: 'month' }),
      });
    }
  }
}

/** What a page says after an order, or after its start, in words of ours: `done` comes from an address. */
export function saidOf(done: string | undefined, batch: BatchStatus): string | null {
  switch (done) {
    case 'start':
      return 'Started. Its posts stand here as they are made.';
    case 'started-before':
      return 'This form has started this batch already; nothing was started again.';
    case 'approve':
      return 'Approved: what waited is on its way to publication.';
    case 'pause':
      return 'Paused: what is being made is finished, and nothing new is begun.';
    case 'resume':
      return 'Resumed.';
    case 'budget':
      return `Its budget is ${dollars(batch.budgetUsd)}.`;
    case 'budget-month':
      return "The account's budget of the month is set, as far as this batch goes.";
    case 'cancel':
      return 'Cancelled, with its posts that were not published.';
    default:
      return null;
  }
}
