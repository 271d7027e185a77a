import { toNano, type Nano } from '../../contract/money/nano.js';
import { textField } from '../post/message-fields.js';

const MOST_USD = 1_000_000;

/** What a person says may be spent. */
export interface BudgetChange {
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
