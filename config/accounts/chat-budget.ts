import { formatUsd } from '../../contract/money/nano.js';
import { answerMost } from '../../contract/money/prices/estimate.js';
import type { TextRate } from '../../contract/money/prices/text-rate.js';
import type { ReadAccount } from './load.js';
import type { Problem } from './problem.js';

/**
 * What keeps an account from ever answering: a budget of a day that holds not one answer.
 *
 * @param rate what the text server's tokens cost; null to go by the model's name
 */
export function chatLacks({ account, lineOf }: ReadAccount, rate: TextRate | null): Problem[] {
  if (!account?.chat?.enabled) return [];
  const [budget, most] = [account.chat.dailyBudget, answerMost(account, rate)];
  if (budget >= most) return [];
  const message = `${formatUsd(budget)} holds not one answer, which may cost ${formatUsd(most)}; raise it`;
  return [{ line: lineOf(['chat', 'dailyBudget']), field: 'chat.dailyBudget', message }];
}
