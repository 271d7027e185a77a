import type { Charge } from '../../../contract/money/charge.js';
import type { Nano } from '../../../contract/money/nano.js';
import type { BudgetLimits, Payer } from '../../../contract/money/spend.js';

/** A paid call that is about to be made. */
export interface ReservationRequest {
  /** The key of the charge that will settle it. */
  readonly key: string;
  readonly payer: Payer;
  /** The expected cost, nano-USD. */
  readonly amount: Nano;
  /** The most that the call can cost, nano-USD; `amount` where left out or less. */
  readonly most?: Nano;
  /** Paid by a stand-in: held back from what stand-ins may "spend" on the batch, never from real money or a month. */
  readonly offline: boolean;
  /** After this long, in ms, it is given back by itself: whoever held it was killed. */
  readonly leaseMs: number;
  /** What counts while the archive has no record of the batch yet; after that the record's budgets count. */
  readonly limits: BudgetLimits;
}

export type Reservation = { readonly granted: true } | Refusal;

/** A call that may not be made now. */
export interface Refusal {
  readonly granted: false;
  /** Ask again: the budget may hold it once calls in flight have ended for what they really cost. Else a person must act. */
  readonly wait: boolean;
  /** The budget that does not hold it. */
  readonly budget: 'batch' | 'month' | 'day';
  readonly limit: Nano;
  /** What was spent or is held by others, at its expected cost; estimates of unknown outcome included. */
  readonly taken: Nano;
  /** What did not fit: the expected cost of the call, or the most that it can cost. */
  readonly needed: Nano;
}

/** What the archive has of a paid call. */
export interface FoundCall {
  /** As it is stored. */
  readonly charge: Charge | null;
  /**
   * The expected cost that is held for it, nano-USD, whether or not its lease is over: it may have been paid. Null where
   * nothing is held, or the charge is written. A hold is kept for 30 days after its lease.
   */
  readonly held: Nano | null;
}

export interface Settlement {
  readonly payer: Payer;
  readonly charges: readonly Charge[];
}

/** A reservation whose lease is not over. */
export interface Hold {
  readonly key: string;
  readonly amount: Nano;
  /** ISO 8601. */
  readonly until: string;
}
