import type { Nano } from '../../contract/money.js';
import { textField } from '../post/fields.js';

const MOST_USD = 1_000_000;

/** The new budget in nano-USD; null for a message that is none: `by` and 0 to a million US dollars. */
export function readBudget(raw: unknown): Nano | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const message = raw as Record<string, unknown>;
  const { usd } = message;
  if (!textField(message, 'by', 200)?.trim()) return null;
  if (typeof usd !== 'number' || !(usd >= 0 && usd <= MOST_USD)) return null;
  return Math.round(usd * 1e9);
}
