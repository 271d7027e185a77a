import type { Account } from '../../contract/account.js';
import { ID_PATTERN } from '../../contract/ids.js';
import type { PostStatus } from '../../contract/status.js';
import type { DeskDeps } from '../deps.js';
import { currentAccount } from './current-account.js';

/** Whether a post was public and no longer is. */
export const isTakenDown = ({ status }: Pick<PostStatus, 'status'>): boolean => status === 'unpublished';

/** The account that has taken a post down; null for any other post, and for one that the archive does not know. */
export async function takenDownBy(
  { archive, accounts }: Pick<DeskDeps, 'archive' | 'accounts'>,
  postId: string,
): Promise<Account | null> {
  if (!ID_PATTERN.test(postId)) return null;
  const status = await archive.records.findPost(postId);
  if (!status || !isTakenDown(status)) return null;
  const kept =
    (await archive.records.findAccountOfPost(postId)) ?? (await archive.records.findAccount(status.account));
  return kept && currentAccount(accounts, kept);
}
