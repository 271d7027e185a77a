import type { Nano } from '../../contract/money/nano.js';
import type { BudgetChange } from './read-budget.js';

/** What may be spent. */
export interface Money {
  readonly budget: Nano;
  /** Of the account in a month as far as this batch goes, where a person said so. */
  readonly monthBudget: Nano | null;
  /** A budget has changed, and the archive, which the paid steps ask, has not been told yet. */
  readonly isUntold: boolean;
}

export const newMoney = (budget: Nano): Money => ({ budget, monthBudget: null, isUntold: false });

export const changeBudget = (money: Money, { of, amount }: BudgetChange): Money => ({
  ...money,
  ...(of === 'month' ? { monthBudget: amount } : { budget: amount }),
  isUntold: true,
});

export const markTold = (money: Money): Money => ({ ...money, isUntold: false });
