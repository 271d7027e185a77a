import type { Charge } from '../../contract/charge.js';
import type { Nano } from '../../contract/money.js';
import type { BudgetLimits, Payer } from '../../contract/spend.js';

export type { BudgetLimits, Payer } from '../../contract/spend.js';

/** A paid call that is about to be made. */
export interface ReservationRequest {
  /** The key of the charge that will settle it. */
  readonly key: string;
  readonly payer: Payer;
  /** The expected cost, nano-USD. */
  readonly amount: Nano;
  /** Paid by a stand-in: held back from what stand-ins may "spend" on the batch, never from real money or a month. */
  readonly offline: boolean;
  /** After this long, in ms, it is given back by itself: whoever held it was killed. */
  readonly leaseMs: number;
  /** What counts while the archive has no record of the batch yet; after that the record's budgets count. */
  readonly limits: BudgetLimits;
}

export type Reservation =
  | { readonly granted: true }
  | {
      readonly granted: false;
      /** The budget that does not hold it. */
      readonly budget: 'batch' | 'month';
      readonly limit: Nano;
      /** What was spent or is held by others, estimates of unknown outcome included. */
      readonly taken: Nano;
    };

export interface Settlement {
  readonly payer: Payer;
  readonly charges: readonly Charge[];
}

/** A reservation whose lease is not over. */
export interface Held {
  readonly key: string;
  readonly amount: Nano;
  /** ISO 8601. */
  readonly until: string;
}
