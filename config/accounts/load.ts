import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Account } from '../../contract/account.js';
import { UsageError } from '../../contract/errors.js';
import { HANDLE_PATTERN } from '../../contract/ids.js';
import { accountHint } from './explain.js';
import { parseAccount, type Parsed } from './parse.js';
import { problemLine, type Problem } from './problem.js';

/** 256 KB, some fifty times a rich account. */
const MAX_BYTES = 256 * 1024;
const EXTENSION = /\.ya?ml$/i;

/**
 * Reads one account.
 *
 * @param folder of the account files
 * @param handle the file's name without `.yaml`
 * @throws UsageError for a handle without a file, and for a file with problems: the first one with its line, and how
 *   many more there are
 */
export async function loadAccount(folder: string, handle: string): Promise<Account> {
  const file = path.join(folder, `${handle}.yaml`);
  const files = await accountFiles(folder);
  if (!HANDLE_PATTERN.test(handle) || !files.includes(`${handle}.yaml`)) {
    throw new UsageError('account', unknownAccount(folder, handle, files));
  }
  const { account, problems } = await readAccount(file, handle);
  if (account) return account;
  throw new UsageError('account', firstOf(problems.map((problem) => problemLine(file, problem))));
}

/**
 * Reads every account of a folder, by name.
 *
 * @throws UsageError when there is no such folder, and for a file with problems: the first one with its line, and how
 *   many more there are
 */
export async function loadAccounts(folder: string): Promise<Account[]> {
  const read = await readAccounts(folder);
  const lines = read.flatMap(({ file, problems }) => problems.map((problem) => problemLine(file, problem)));
  if (lines.length > 0) throw new UsageError('account', firstOf(lines));
  return read.flatMap(({ account }) => account ?? []);
}

/** One file of the accounts folder, with the lines of its keys. */
export interface ReadAccount extends Parsed {
  /** As given, relative to the working folder unless the folder is absolute. */
  readonly file: string;
  readonly handle: string;
}

/** Reads every account file of a folder, by name, problems and all. @throws UsageError when there is no such folder */
export async function readAccounts(folder: string): Promise<ReadAccount[]> {
  const read: ReadAccount[] = [];
  for (const name of await accountFiles(folder)) {
    const file = path.join(folder, name);
    const handle = name.replace(EXTENSION, '');
    const parsed = await readAccount(file, handle);
    read.push({ ...parsed, file, handle, problems: [...nameProblems(name, handle), ...parsed.problems] });
  }
  return read;
}

function firstOf([first, ...more]: readonly string[]): string {
  const rest = more.length > 0 ? ` (and ${more.length} more; copydesk accounts check lists them)` : '';
  return `${first}${rest}`;
}

/** The names of the account files, sorted. @throws UsageError when the folder can't be read */
export async function accountFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => EXTENSION.test(name)).toSorted();
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such folder' : reason(error);
    throw new UsageError(
      'COPYDESK_ACCOUNTS',
      `can't read the account files in '${folder}': ${why}; set COPYDESK_ACCOUNTS or run where it is`,
    );
  }
}

/** Reads one file, whatever is wrong with it. */
export async function readAccount(file: string, handle: string): Promise<Parsed> {
  const problem = (message: string): Parsed => ({
    account: null,
    problems: [{ line: 1, field: 'file', message }],
    lineOf: () => 1,
  });
  try {
    const found = await stat(file);
    // A device or a pipe may never end, and tells no size.
    if (!found.isFile() && !found.isDirectory()) return problem("can't be read: it is no file");
    const { size } = found;
    if (size > MAX_BYTES) return problem(`${size} bytes is more than the ${MAX_BYTES} allowed`);
    const bytes = await readFile(file);
    return parseAccount(handle, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return problem(error instanceof TypeError ? 'is not UTF-8 text' : `can't be read: ${reason(error)}`);
  }
}

function nameProblems(name: string, handle: string): Problem[] {
  const problem = (message: string): Problem[] => [{ line: 1, field: 'file', message }];
  if (!HANDLE_PATTERN.test(handle)) {
    return problem(`'${handle}' is not a handle: 1 to 30 characters of a-z, 0-9 and _`);
  }
  return name.endsWith('.yaml') ? [] : problem(`'${name}' is not read; name it ${handle}.yaml`);
}

function unknownAccount(folder: string, handle: string, files: readonly string[]): string {
  const known = files.filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length));
  return `account='${handle}' has no file ${path.join(folder, `<account>.yaml`)}; ${accountHint(handle, known)}`;
}

const reason = (error: unknown): string => (error as Error).message.replace(/\s+/g, ' ');
