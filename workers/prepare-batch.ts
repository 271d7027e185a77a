import { batchInput } from '../client/batches.js';
import { loadAccount } from '../config/accounts/load.js';
import type { Settings } from '../config/settings.js';
import type { BatchInput } from '../contract/batch.js';
import type { ScheduleOrder } from '../contract/schedule.js';

/** What a schedule's batch is started with: checked as `batch start` checks it, by the account's file as it is now. @throws UsageError */
export async function prepareBatch(
  settings: Pick<Settings, 'accounts' | 'url'>,
  { account: handle, planner, mix, brief, budgetUsd }: ScheduleOrder,
  id: string,
): Promise<BatchInput> {
  const account = await loadAccount(settings.accounts, handle);
  const order = { id, account, planner, mix, brief, ...(budgetUsd !== null && { budgetUsd }) };
  return batchInput(order, settings.url);
}
