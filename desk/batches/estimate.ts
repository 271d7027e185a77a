import { batchInput, type NewBatch } from '../../client/batches.js';
import type { Nano } from '../../contract/money/nano.js';
import { toNano } from '../../contract/money/nano.js';
import { estimateBatch, type BatchEstimate } from '../../contract/money/prices/estimate.js';
import type { Ledger } from '../../services/archive/ledger/ledger.js';
import type { DeskDeps } from '../deps.js';

/** What a batch is expected to cost, and the budgets that it is held against. Amounts in nano-USD. */
export interface CheckedEstimate extends BatchEstimate {
  readonly budget: Nano;
  /** Of the account, for a calendar month of UTC; null for no limit. */
  readonly month: { readonly limit: Nano; readonly spent: Nano } | null;
  readonly confirmOver: Nano | null;
}

/** The estimate of `batch start --dry-run`, with what the account has spent this month beside it. */
export async function checkedEstimate(
  order: NewBatch,
  { archive, settings, now }: Pick<DeskDeps, 'archive' | 'settings' | 'now'>,
): Promise<CheckedEstimate> {
  const input = batchInput(order, settings.url);
  const { month: limit = null, confirmOver = null } = input.account.budget;
  const spent = limit === null ? 0 : await spentThisMonth(archive.ledger, input.account.handle, now());
  return {
    ...estimateBatch({ ...input, textRate: settings.textRate ?? null }),
    budget: input.budget,
    month: limit === null ? null : { limit, spent },
    confirmOver,
  };
}

/** What counts against an account's budget of this calendar month of UTC, in nano-USD: estimates of lost answers too. */
export async function spentThisMonth(
  ledger: Pick<Ledger, 'sumCosts'>,
  account: string,
  now: Date,
): Promise<Nano> {
  const since = monthStart(now);
  const { rows } = await ledger.sumCosts({ by: 'account', since });
  const row = rows.find(({ key }) => key === account);
  return row ? toNano(row.costUsd) + toNano(row.unknownUsd) : 0;
}

/** The first moment of a calendar month of UTC, ISO 8601. */
export const monthStart = (now: Date): string => `${now.toISOString().slice(0, 7)}-01T00:00:00.000Z`;
