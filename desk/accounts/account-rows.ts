import type { ReadAccount } from '../../config/accounts/load.js';
import type { Problem } from '../../config/accounts/problem.js';
import type { Account } from '../../contract/account.js';
import type { CostRow, PostCounts } from '../../contract/lists.js';
import type { PostState } from '../../contract/states.js';

/** A line of the list of accounts. */
export interface AccountRow {
  readonly handle: string;
  /** As its file is now, or without one as its last batch kept it; null for a file that can't be used. */
  readonly account: Account | null;
  /** Null for an account that has batches and no file any more. */
  readonly file: string | null;
  readonly problems: readonly Problem[];
  readonly counts: Readonly<Partial<Record<PostState, number>>>;
  /** Spent this month, estimates of lost answers included, in US dollars. */
  readonly monthUsd: number;
}

export interface AccountSources {
  readonly files: readonly ReadAccount[];
  /** As their newest batches kept them. */
  readonly kept: readonly Account[];
  readonly counts: PostCounts;
  /** By account, of this month. */
  readonly month: readonly CostRow[];
}

/** Every account that has a file or a batch, by handle. A file that is named wrongly stands under the name that it has. */
export function accountRows({ files, kept, counts, month }: AccountSources): AccountRow[] {
  const withFile = files.map(({ file, handle, account, problems }) => ({
    ...{ handle, file, problems, account: problems.length === 0 ? account : null },
  }));
  const handles = new Set(withFile.map(({ handle }) => handle));
  const without = kept
    .filter(({ handle }) => !handles.has(handle))
    .map((account) => ({ handle: account.handle, file: null, problems: [], account }));
  return [...withFile, ...without]
    .toSorted((a, b) => (a.handle < b.handle ? -1 : 1))
    .map((row) => {
      const spent = month.find(({ key }) => key === row.handle);
      return {
        ...row,
        counts: counts.accounts[row.handle] ?? {},
        monthUsd: (spent?.costUsd ?? 0) + (spent?.unknownUsd ?? 0),
      };
    });
}
