import type { Nano } from '../../../contract/money/nano.js';
import type { Refusal, Reservation } from './ledger.js';

/** What a call is expected to cost and the most that it can cost, nano-USD. */
export interface CallCost {
  readonly amount: Nano;
  readonly most: Nano;
}

/** A budget as it stands, in nano-USD. What is held is held by other calls, their leases not over. */
export interface BudgetState {
  readonly budget: Refusal['budget'];
  /** Null for no limit. */
  readonly limit: Nano | null;
  readonly spent: Nano;
  /** The sum of what the calls in flight are expected to cost. */
  readonly held: Nano;
  /** The sum of the most that they can cost. */
  readonly heldMost: Nano;
}

/**
 * Grants a call where every budget holds the most that it and all calls in flight can cost, so that no budget is ever
 * overrun. Expected costs that don't fit refuse it. In between, the budget is nearly used up: the call waits, if it would
 * fit once those in flight have ended.
 *
 * A refusal comes before a wait, and of two alike the budget that is named first.
 */
export function decideReservation(cost: CallCost, budgets: readonly BudgetState[]): Reservation {
  const refusals = budgets.map((state) => refusalBy(state, cost)).filter((refusal) => refusal !== null);
  return refusals.find(({ wait }) => !wait) ?? refusals[0] ?? { granted: true };
}

function refusalBy({ budget, limit, spent, held, heldMost }: BudgetState, cost: CallCost): Refusal | null {
  if (limit === null) return null;
  const refused = { granted: false, budget, limit, taken: spent + held } as const;
  if (spent + held + cost.amount > limit) return { ...refused, wait: false, needed: cost.amount };
  if (spent + heldMost + cost.most <= limit) return null;
  // If it would fit alone, something must be in flight: there is something to wait for.
  return { ...refused, wait: spent + cost.most <= limit, needed: cost.most };
}
