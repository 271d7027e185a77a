import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccount } from '../../client/accounts/load.js';
import type { Copydesk } from '../../client/client.js';
import { newId } from '../../contract/ids.js';
import type { BatchInput } from '../../contract/batch.js';

const ACCOUNT = 'ashtalksai';
const PLANNER = 'foundation_models_and_inference_economics';

/** Whether the sample account is there; whoever has an accounts folder of their own starts their own first batch. */
export const hasSample = (accounts: string): boolean => existsSync(join(accounts, `${ACCOUNT}.yaml`));

/** Starts the first batch of the sample account: 1 video and 4 hero_text. Answers its id. */
export async function startFirstBatch(
  copydesk: Copydesk,
  settings: { accounts: string; url: string },
): Promise<string> {
  const account = await loadAccount(settings.accounts, ACCOUNT);
  const input: BatchInput = {
    id: newId((max) => randomInt(max)),
    account,
    planner: PLANNER,
    mix: { video: 1, hero_text: 4 },
    brief: null,
    budget: account.budget.batch,
    deskUrl: settings.url,
  };
  return (await copydesk.startBatch(input)).batchId;
}
