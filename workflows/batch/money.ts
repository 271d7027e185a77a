import { type Nano, toNano } from '../../contract/money/nano.js';
import { textField } from '../post/message-fields.js';

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

const MOST_USD = 1_000_000;

/** What a person says may be spent. */
interface BudgetChange {
  readonly of: 'batch' | 'month';
  readonly amount: Nano;
}

/** A change of a budget; null for a message that is none: `by`, 0 to a million US dollars, and `of` if any. */
export function readBudget(raw: unknown): BudgetChange | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const message = raw as Record<string, unknown>;
  const { usd, of = 'batch' } = message;
  if (!textField(message, 'by', 200)?.trim()) return null;
  if (typeof usd !== 'number' || !(usd >= 0 && usd <= MOST_USD)) return null;
  return of === 'batch' || of === 'month' ? { of, amount: toNano(usd) } : null;
}
