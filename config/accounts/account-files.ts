import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Account } from '../../contract/account.js';
import { HANDLE_PATTERN } from '../../contract/ids.js';
import { accountFiles, loadAccount, readAccount, readAccounts, type ReadAccount } from './load.js';
import { problemLine } from './problem.js';

/** Differs when a file may be another; null where there is none. */
async function fileVersion(file: string): Promise<string | null> {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(file);
    return [ino, size, mtimeMs, ctimeMs].join(' ');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : 'unreadable';
  }
}

/** What was last read of a file, and of which state of it. */
interface Kept<Read> {
  readonly version: string;
  readonly account: Read;
}

/**
 * {@link loadAccount} for who asks often: a file is parsed again, some 6 ms of a slow core, only when its size or time of change
 * is another. One with a problem is read each time, and refused as ever.
 */
export function keepAccounts(folder: string): (handle: string) => Promise<Account> {
  const kept = new Map<string, Kept<Account>>();
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

/** The accounts as their files are now, for a program that runs on while people edit them. */
export interface AccountFiles {
  /** Null for a handle without a file, and for a file with a problem that was never read without one. */
  account(handle: string): Promise<Account | null>;
  /** Every handle with a file, sorted; empty where the folder can't be read. */
  handles(): Promise<string[]>;
  /** Every file as it is now, problems and all, as `accounts check` reads them; empty where the folder can't be read. */
  check(): Promise<ReadAccount[]>;
}

/**
 * Each file is read again only when its size or time of change is another. One with a problem, perhaps since it is being
 * written, leaves the account as it last was.
 *
 * @param folder of the account files; it may come and go
 * @param say hears of each file with a problem, once for each change of it
 */
export function watchAccountFiles(folder: string, say: (line: string) => void): AccountFiles {
  const kept = new Map<string, Kept<Account | null>>();

  async function read(handle: string): Promise<Account | null> {
    const file = path.join(folder, `${handle}.yaml`);
    const { account, problems } = await readAccount(file, handle);
    const [first] = problems;
    if (first) say(`${problemLine(file, first)}; the account stays as it last was`);
    return account ?? kept.get(handle)?.account ?? null;
  }

  return {
    async account(handle) {
      if (!HANDLE_PATTERN.test(handle)) return null;
      const version = await fileVersion(path.join(folder, `${handle}.yaml`));
      if (version === null) {
        kept.delete(handle);
        return null;
      }
      const known = kept.get(handle);
      if (known?.version === version) return known.account;
      const account = await read(handle);
      kept.set(handle, { version, account });
      return account;
    },
    async handles() {
      const files = await accountFiles(folder).catch(() => []);
      return files.map((name) => path.parse(name).name).filter((handle) => HANDLE_PATTERN.test(handle));
    },
    check: () => readAccounts(folder).catch(() => []),
  };
}
