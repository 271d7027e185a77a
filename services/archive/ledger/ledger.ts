import type { CostKey, Costs } from '../../../contract/lists.js';
import type { Charge } from '../../../contract/money/charge.js';
import type { Nano } from '../../../contract/money/nano.js';
import type { Bill, Billable, BillableQuery } from './bill.js';
import type { FoundCall, Hold, Reservation, ReservationRequest, Settlement } from './reservation.js';

/** A post, or a batch: its planning and all of its posts. */
export type PostOrBatch = { readonly postId: string } | { readonly batchId: string };

export interface CostQuery {
  readonly by: CostKey;
  /** Only charges of this time and later, ISO 8601. */
  readonly since?: string;
  /** Only of this batch, its posts included. */
  readonly batchId?: string;
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
  /** What was really paid, exact to the nano-dollar: every charge that no stand-in made. */
  sumCosts(query: CostQuery): Promise<Costs>;

  /** Charges that the provider should have billed, oldest first, each with what it has billed as far as we know. */
  listBillable(query: BillableQuery): Promise<Billable[]>;
  /** Writes down what the provider says it billed; a bill that differs from an earlier one is a row of its own, by the difference. */
  saveBills(bills: readonly Bill[]): Promise<void>;
  /** What was billed for a post so far; null where no bill is known. */
  sumBills(postId: string): Promise<Nano | null>;
}
