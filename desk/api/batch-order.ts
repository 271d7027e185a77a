import { batchInput, type NewBatch } from '../../client/batches.js';
import { accountHint } from '../../config/accounts/hint.js';
import type { BatchOrderBody } from '../../contract/api/batches.js';
import { noOpenQuestion } from '../../contract/open-questions.js';
import type { BatchInput } from '../../contract/batch.js';
import type { DeskDeps } from '../deps.js';
import { briefFromQuestions } from '../reading/questions-brief.js';
import { ApiRefusal } from './refusal.js';

export interface CheckedOrder {
  readonly order: NewBatch;
  /** The same with what was left out. */
  readonly input: BatchInput;
}

/**
 * The batch that a body orders, with its account as its file is now. Nothing has been started when this throws.
 *
 * @throws Refusal 400 for an account without a file that can be used and 409 without an open question, UsageError for a planner, mix, budget or id
 */
export async function checkedOrder(
  deps: Pick<DeskDeps, 'accounts' | 'archive' | 'settings'>,
  { fromQuestions = false, ...body }: BatchOrderBody,
): Promise<CheckedOrder> {
  const { accounts, settings } = deps;
  const account = await accounts.account(body.account);
  if (!account) throw new ApiRefusal(400, await unknownAccount(accounts, body.account), 'account');
  const order = { ...body, account };
  if (fromQuestions) {
    const brief = await briefFromQuestions(deps, account.handle, body.brief ?? null);
    if (brief === null) throw new ApiRefusal(409, noOpenQuestion(account.handle), 'fromQuestions');
    return { order: { ...order, brief }, input: batchInput({ ...order, brief }, settings.url) };
  }
  return { order, input: batchInput(order, settings.url) };
}

async function unknownAccount(accounts: DeskDeps['accounts'], handle: string): Promise<string> {
  const known = await accounts.handles();
  const shown = `account='${handle.slice(0, 60)}'`;
  if (known.includes(handle)) return `${shown} has a file with problems; copydesk accounts check lists them`;
  return `${shown} has no file; ${accountHint(handle, known)}`;
}
