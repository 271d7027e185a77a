import path from 'node:path';
import type { Account } from '../../contract/account.js';
import { fileVersion } from './file-version.js';
import { HANDLE_PATTERN } from './handle.js';
import { loadAccount } from './load.js';

interface Kept {
  readonly version: string;
  readonly account: Account;
}

/**
 * {@link loadAccount} for who asks often: a file is parsed again, some 6 ms of a slow core, only when its size or time of change
 * is another. One with a problem is read each time, and refused as ever.
 */
export function keepAccounts(folder: string): (handle: string) => Promise<Account> {
  const kept = new Map<string, Kept>();
  return async (handle) => {
    const version = HANDLE_PATTERN.test(handle)
      ? await fileVersion(path.join(folder, `${handle}.yaml`))
      : null;
    const known = kept.get(handle);
    if (known && known.version === version) return known.account;
    kept.delete(handle);
    const account = await loadAccount(folder, handle);
    if (version !== null) kept.set(handle, { version, account });
    return account;
  };
}
