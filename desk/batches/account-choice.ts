import type { Account } from '../../contract/account.js';
import type { DeskDeps } from '../deps.js';
import type { NewBatchForm } from './new-batch-form.js';

/** The accounts for which a batch can be asked. */
export interface AccountChoice {
  /** Whose files are right, by handle. */
  readonly accounts: readonly Account[];
  /** How many files are not. */
  readonly broken: number;
}

export async function accountsToChoose({ accounts }: Pick<DeskDeps, 'accounts'>): Promise<AccountChoice> {
  const files = await accounts.check();
  const right = files.flatMap(({ account, problems }) => (account && problems.length === 0 ? [account] : []));
  return { accounts: right, broken: files.length - right.length };
}

/** The account of that handle, or else the first; null where there is none. */
export const chosen = ({ accounts }: AccountChoice, handle: string | undefined): Account | null =>
  accounts.find((account) => account.handle === handle) ?? accounts[0] ?? null;

/** The form for an account that may not be the one that it was filled in for: its planner may be none of this one. */
export function ofAccount<Form extends NewBatchForm>(form: Form, account: Account | null): Form {
  if (account === null || account.handle === form.account) return form;
  return { ...form, account: account.handle, planner: Object.keys(account.planners)[0] ?? '' };
}
