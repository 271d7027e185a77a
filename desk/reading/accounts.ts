import type { Account } from '../../contract/account.js';
import { ID_PATTERN } from '../../contract/ids.js';
import type { PostStatus } from '../../contract/status.js';
import type { DeskDeps } from '../deps.js';

type Sources = Pick<DeskDeps, 'archive' | 'accounts'>;

/**
 * The account as its file is now: who may see a record, and what the account is called, is not for a batch of last year to
 * say. Without a file it is as its batch kept it, but shows its record to the signed-in only, and answers nobody.
 */
export async function currentAccount(accounts: DeskDeps['accounts'], kept: Account): Promise<Account> {
  return (await accounts.account(kept.handle)) ?? { ...kept, record: 'desk', chat: null };
}

/** The account of a post as its batch kept it, or as a later one did. */
export const keptAccount = async ({ records }: DeskDeps['archive'], { id, account }: PostStatus) =>
  (await records.findAccountOfPost(id)) ?? (await records.findAccount(account));

/** An account that has a batch, a file or both; null for a handle that has neither. */
export async function findAccount({ archive, accounts }: Sources, handle: string): Promise<Account | null> {
  const kept = await archive.records.findAccount(handle);
  return kept ? currentAccount(accounts, kept) : accounts.account(handle);
}

/** All of them, by handle. A file with a problem that was never read without one is left out. */
export async function listAccounts(sources: Sources): Promise<Account[]> {
  const { archive, accounts } = sources;
  const [kept, handles] = await Promise.all([archive.records.listAccounts(), accounts.handles()]);
  const without = handles.filter((handle) => !kept.some((account) => account.handle === handle));
  const all = await Promise.all([
    ...kept.map((account) => currentAccount(accounts, account)),
    ...without.map((handle) => accounts.account(handle)),
  ]);
  return all
    .filter((account) => account !== null)
    .toSorted((one, other) => (one.handle < other.handle ? -1 : 1));
}

/** Whether a post was public and no longer is. */
export const isTakenDown = ({ status }: Pick<PostStatus, 'status'>): boolean => status === 'unpublished';

/** The account that has taken a post down; null for any other post, and for one that the archive does not know. */
export async function takenDownBy({ archive, accounts }: Sources, postId: string): Promise<Account | null> {
  if (!ID_PATTERN.test(postId)) return null;
  const status = await archive.records.findPost(postId);
  if (!status || !isTakenDown(status)) return null;
  const kept = await keptAccount(archive, status);
  return kept && currentAccount(accounts, kept);
}
