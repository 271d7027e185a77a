import { randomInt } from 'node:crypto';
import { loadAccount } from '../config/accounts/load.js';
import type { Account, ReviewRules } from '../contract/account.js';
import type { BatchInput } from '../contract/batch.js';
import { newId } from '../contract/ids.js';
import type { Mix } from '../contract/mix.js';

/** What a new batch of the sample account starts with, at the account's own budget. */
export async function batchInput(mix: Mix, change: Partial<BatchInput> = {}): Promise<BatchInput> {
  const { account } = await accountWith({});
  return {
    id: newId((max) => randomInt(max)),
    account,
    planner: 'foundation_models_and_inference_economics',
    mix,
    brief: null,
    budget: account.budget.batch,
    ...change,
  };
}

/** The sample account, changed, for a new batch. */
export async function accountWith(
  change: Partial<Account>,
  review: Partial<ReviewRules> = {},
): Promise<{ account: Account }> {
  const sample = await loadAccount('accounts', 'ashtalksai');
  // A stand-in that plays a real provider plans placeholders: they repeat each other, and would each be asked for again.
  const account = { ...sample, freshness: undefined, samples: 'publish' as const, ...change };
  return { account: { ...account, review: { ...account.review, ...review } } };
}
