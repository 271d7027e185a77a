import { accountHint } from '../../config/accounts/hint.js';
import type { DeskDeps } from '../deps.js';
import { ApiRefusal } from './refusal.js';
import type { Person } from '../http/session.js';

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

/**
 * Who a decision is by. A person who has a token of their own is that person, whatever was sent; with the desk's one token, which
 * programs have too, it is whom they name.
 */
export const deciderOf = (person: Person | null, given: string | undefined): string => {
  if (person?.named) return person.name;
  return given ?? person?.name ?? 'editor';
};
