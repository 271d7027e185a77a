import type { Account } from '../account.js';
import type { Nano } from './nano.js';

/** What may be spent, in nano-USD; null for no limit. */
export interface BudgetLimits {
  readonly batch: Nano | null;
  /** Of the account in this calendar month of UTC. */
  readonly month: Nano | null;
}

/** Whose money it is. */
export interface Payer {
  readonly account: string;
  readonly planner: string;
  readonly batchId: string;
  /** Null for the planning of the batch. */
  readonly postId: string | null;
}

/** Whose money a step spends, and what its budgets and its person allow. */
export interface Spend {
  readonly payer: Payer;
  readonly limits: BudgetLimits;
  /** Expected costs over this wait for a person, nano-USD; null for never. */
  readonly confirmOver: Nano | null;
  /** A person has said to pay for this step. */
  readonly confirmed: boolean;
}

interface Spender {
  readonly account: Account;
  readonly planner: string;
  readonly batchId: string;
  readonly postId: string | null;
  /** Of the batch, nano-USD; what is left out is for the archive to know. */
  readonly budget?: Nano;
  readonly confirmed?: boolean;
}

export const spendFor = ({ account, planner, batchId, postId, budget, confirmed }: Spender): Spend => ({
  payer: { account: account.handle, planner, batchId, postId },
  limits: { batch: budget ?? null, month: account.budget.month ?? null },
  confirmOver: account.budget.confirmOver ?? null,
  confirmed: confirmed ?? false,
});
