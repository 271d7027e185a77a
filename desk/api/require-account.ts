import { accountHint } from '../../config/accounts/hint.js';
import type { DeskDeps } from '../deps.js';
import { ApiRefusal } from './refusal.js';

/** @throws Refusal for an account that has neither a file nor a batch */
export async function requireAccount(
  { archive, accounts }: Pick<DeskDeps, 'archive' | 'accounts'>,
  handle: string,
): Promise<void> {
  const [files, recorded] = await Promise.all([accounts.handles(), archive.records.listAccounts()]);
  const known = [...new Set([...files, ...recorded.map((account) => account.handle)])].toSorted();
  if (known.includes(handle)) return;
  const hint = accountHint(handle, known);
  throw new ApiRefusal(404, `account='${handle.slice(0, 60)}' has no file and no posts; ${hint}`, 'account');
}
