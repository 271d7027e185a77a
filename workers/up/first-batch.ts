import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccount } from '../../config/accounts/load.js';
import type { Copydesk } from '../../client/copydesk.js';

const ACCOUNT = 'ashtalksai';
const PLANNER = 'foundation_models_and_inference_economics';

/** Whether the sample account is there; a user with an accounts folder of their own starts their own first batch. */
export const hasSample = (accounts: string): boolean => existsSync(join(accounts, `${ACCOUNT}.yaml`));

/** Starts the first batch of the sample account: 1 video and 4 hero_text. Answers its id. */
export async function startFirstBatch(copydesk: Copydesk, accounts: string): Promise<string> {
  const account = await loadAccount(accounts, ACCOUNT);
  const mix = { video: 1, hero_text: 4 };
  const { batchId } = await copydesk.batches.start({ account, planner: PLANNER, mix });
  return batchId;
}
