import type { Account } from '../contract/account.js';
import type { DeskDeps } from './deps.js';

/**
 * The account as its file is now: who may see a record, and what the account is called, is not for a batch of last year to
 * say. Without a file it is as its batch kept it, but shows its record to the signed-in only.
 */
export async function currentAccount(accounts: DeskDeps['accounts'], kept: Account): Promise<Account> {
  return (await accounts.account(kept.handle)) ?? { ...kept, record: 'desk' };
}
