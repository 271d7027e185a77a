import type { Nano } from '../../../contract/money/nano.js';

/** What a provider says it billed for a request. */
export interface Bill {
  readonly requestId: string;
  /** After discounts, nano-USD. */
  readonly amount: Nano;
  /** As the provider counted them, a decimal; null where it does not say. */
  readonly units: string | null;
  /** When it was billed, ISO 8601. */
  readonly at: string;
}

export interface BillableQuery {
  readonly provider: string;
  /** Charges of a stand-in, or real ones. */
  readonly offline: boolean;
  /** Only charges of this time and later, ISO 8601. */
  readonly since?: string;
}

/** A charge that has a request id of its provider. */
export interface Billable {
  readonly key: string;
  readonly postId: string | null;
  /** Null for a chat. */
  readonly batchId: string | null;
  readonly account: string;
  readonly model: string;
  readonly requestId: string;
  /** As decided, nano-USD; an estimate where `unknown`. */
  readonly amount: Nano;
  readonly unknown: boolean;
  /** The sum of its bills; null where none is known. */
  readonly billed: Nano | null;
  /** ISO 8601. */
  readonly at: string;
}
