import type { Cancel } from '../../contract/messages.js';
import type { PendingApproval } from './approvals.js';

/** What people have told the batch and its posts have not heard yet. Signals only note it; the batch's own loop passes it on. */
export interface Orders {
  readonly approvals: readonly PendingApproval[];
  /** The ids of posts that a person resumed with the batch. */
  readonly resuming: readonly string[];
  /** Who said to cancel the batch, and why; null where only Temporal was asked to. */
  readonly cancelledBy: Cancel | null;
}

export const NO_ORDERS: Orders = { approvals: [], resuming: [], cancelledBy: null };

/** Whether there is something to pass on. */
export const hasOrders = ({ approvals, resuming }: Orders): boolean =>
  approvals.length > 0 || resuming.length > 0;

export const addResuming = (orders: Orders, ids: readonly string[]): Orders => ({
  ...orders,
  resuming: [...orders.resuming, ...ids.filter((id) => !orders.resuming.includes(id))],
});

export const dropResuming = (orders: Orders, count: number): Orders => ({
  ...orders,
  resuming: orders.resuming.slice(count),
});

export const noteCanceller = (orders: Orders, cancelledBy: Cancel): Orders => ({ ...orders, cancelledBy });
