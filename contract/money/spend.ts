import type { Account } from '../account.js';
import type { Nano } from './nano.js';

/** The types of the errors that a post or batch blocks with over money. Nothing has been paid for the step yet. */

/** A budget does not hold the step: it takes a larger budget and a resume. */
export const OVER_BUDGET = 'Budget.Exceeded';
/** The step is dearer than what the account spends unasked: a resume pays for it. */
export const NEEDS_CONFIRMATION = 'Budget.NeedsConfirmation';

/** What may be spent, in nano-USD; null for no limit. */
export interface BudgetLimits {
  readonly batch: Nano | null;
  /** Of the account in this calendar month of UTC. */
  readonly month: Nano | null;
  /** Of the account's chats in this calendar day of UTC; none when left out. */
  readonly day?: Nano | null;
}

/** Whose money it is. */
export interface Payer {
  readonly account: string;
  /** Null for a chat, as the batch is. */
  readonly planner: string | null;
  readonly batchId: string | null;
  /** Null for the planning of the batch, and for a chat. */
  readonly postId: string | null;
  /** Null, as when left out, for a batch and its posts. */
  readonly chatId?: string | null;
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

/** What a turn of a chat spends: the account's money of the day, and of the month. Nobody is there to confirm it. */
export const spendForChat = ({ handle, chat, budget }: Account, chatId: string): Spend => ({
  payer: { account: handle, planner: null, batchId: null, postId: null, chatId },
  limits: { batch: null, month: budget.month ?? null, day: chat?.dailyBudget ?? null },
  confirmOver: null,
  confirmed: false,
});
