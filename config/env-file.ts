import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { UsageError } from '../contract/errors.js';

/** The variable that names another file; `none` for no file at all. */
const VARIABLE = 'COPYDESK_ENV_FILE';
const USUAL = '.env';
const REMEDY = `mend it, or set ${VARIABLE}=none to read no file`;

/** A hundred times a file that sets every variable. */
const MOST_BYTES = 256 * 1024;

/** As much of `process.env` as is needed here. */
export type MutableEnvironment = Record<string, string | undefined>;

/**
 * Takes over what a `.env` file sets and the environment does not, as `process.loadEnvFile` does: a variable that is set, also to
 * nothing, stays. A folder without the file is nothing special.
 *
 * @param folder where the file lies, unless `COPYDESK_ENV_FILE` names another
 * @returns the environment
 * @throws UsageError for a file that can't be read, or has a line that sets nothing; the line itself is not repeated, as it
 *   may hold a key
 */
export function loadEnvFile<T extends MutableEnvironment>(env: T, folder: string = process.cwd()): T {
  const named = env[VARIABLE]?.trim();
  if (named === 'none') return env;
  const text = readText(named || USUAL, { folder, isRequired: Boolean(named) });
  const problem = envProblem(text);
  if (problem)
    throw new UsageError(USUAL, `${named || USUAL}:${problem.line}: ${problem.message}; ${REMEDY}`);
  const set: MutableEnvironment = env;
  for (const [name, value] of Object.entries(parseEnv(text))) set[name] ??= value;
  return env;
}

function readText(file: string, { folder, isRequired }: { folder: string; isRequired: boolean }): string {
  try {
    const place = path.resolve(folder, file);
    const found = statSync(place);
    // A device or a pipe may never end, and tells no size.
    if (!found.isFile() && !found.isDirectory()) throw new Error('it is no file');
    if (found.size > MOST_BYTES)
      throw new Error(`${found.size} bytes is more than the ${MOST_BYTES} allowed`);
    const bytes = readFileSync(place);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !isRequired) return '';
    throw new UsageError(USUAL, `${file} can't be read: ${REASONS[code ?? ''] ?? message}; ${REMEDY}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'its permissions forbid it',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
};

/** What stands before a value. */
const ASSIGNED = /^\s*(?:export\s+)?[A-Za-z_][\w.]*\s*=/;

/** The first line of a `.env` file that sets nothing; Node's own parser passes over it without a word. */
export function envProblem(text: string): { line: number; message: string } | null {
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    if (/^\s*(#|$)/.test(line)) continue;
    const [name] = ASSIGNED.exec(line) ?? [];
    if (name === undefined) return { line: at + 1, message: 'is not NAME=value' };
    const value = line.slice(name.length).trimStart();
    const quote = /^["'`]/.exec(value)?.[0];
    if (!quote || value.includes(quote, 1)) continue;
    // A quoted value may go over several lines.
    let end = at + 1;
    while (end < lines.length && !lines[end]!.includes(quote)) end += 1;
    if (end === lines.length) return { line: at + 1, message: `the quote ${quote} is not closed` };
    at = end;
  }
  return null;
}
