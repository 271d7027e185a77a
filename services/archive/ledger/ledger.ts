import type { Costs } from '../../../contract/lists.js';
import type { Charge, CostKey } from '../../../contract/money/charge.js';
import type { Nano } from '../../../contract/money/nano.js';
import type { BudgetLimits, Payer } from '../../../contract/money/spend.js';

/** A post, or a batch: its planning and all of its posts. */
type PostOrBatch = { readonly postId: string } | { readonly batchId: string };

/** By `payer` the key is `post/<id>`, `chat/<id>`, or `batch/<id>` for a plan. */
type SumKey = CostKey | 'payer';

export interface CostQuery {
  readonly by: SumKey;
  /** Only charges of this time and later, ISO 8601. */
  readonly since?: string;
  /** Only charges of before this time, ISO 8601. */
  readonly until?: string;
  /** Only of this batch, its posts included. */
  readonly batchId?: string;
  readonly account?: string;
  /** Only what stands in the row of this key. */
  readonly only?: { readonly by: SumKey; readonly key: string };
  /** What stand-ins charged, in place of real money: what it would have cost. */
  readonly offline?: boolean;
}

/** What paid calls hold back from their budgets, what they cost, and what their providers billed. */
export interface Ledger {
  /**
   * Holds a paid call's cost back from its budgets, the expected one and the most that it can be, in one transaction: others
   * that come at the same time, from any process, find it taken. The same key again replaces what it held. As long as no
   * call costs more than its `most` or outlives its lease, no budget is overrun.
   */
  reserve(request: ReservationRequest): Promise<Reservation>;
  /** Makes a lease last this long from now, in ms; nothing where none is held. */
  extend(key: string, leaseMs: number): Promise<void>;
  /**
   * Writes charges down and gives back what was held for them. May be repeated: the amount that was written first stands, and
   * an output that was kept after all is `kept`.
   *
   * @returns the charges as they are stored, in the order given
   */
  settle(settlement: Settlement): Promise<Charge[]>;
  /** Gives back what was held for a call that was not made. May be repeated. */
  release(key: string): Promise<void>;
  /** What became of a call that was begun: its charge, or else what is held for it, in which case it may have been paid. */
  findCall(key: string): Promise<FoundCall>;
  /** What is held now, by the time that each lease ends. */
  listHolds(of: PostOrBatch): Promise<Hold[]>;

  /** In the order they were made. */
  listCharges(of: PostOrBatch): Promise<Charge[]>;
  /** What was really paid, exact to the nano-dollar: every charge that no stand-in made, unless it is asked for those alone. */
  sumCosts(query: CostQuery): Promise<Costs>;

  /** Charges that the provider should have billed, oldest first, each with what it has billed as far as we know. */
  listBillable(query: BillableQuery): Promise<Billable[]>;
  /** Writes down what the provider says it billed; a bill that differs from an earlier one is a row of its own, by the difference. */
  saveBills(bills: readonly Bill[]): Promise<void>;
  /** What was billed for a post so far; null where no bill is known. */
  sumBills(postId: string): Promise<Nano | null>;
}

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
interface FoundCall {
  /** As it is stored. */
  readonly charge: Charge | null;
  /**
   * The expected cost that is held for it, nano-USD, whether or not its lease is over: it may have been paid. Null where
   * nothing is held, or the charge is written. A hold is kept for 30 days after its lease.
   */
  readonly held: Nano | null;
}

interface Settlement {
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
