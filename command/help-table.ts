import { readFileSync } from 'node:fs';

/** What `--help` prints of each command, by the words that lead to it: written by the build, as to make it takes every command. */
const FILE = new URL('help.json', import.meta.url);

/** Help is laid out for a page of so many columns, also where a terminal has more. */
export const HELP_COLUMNS = 80;

/** Whether the last word asks for help, and nothing else is asked. */
const asksForHelp = (args: readonly string[]): boolean => args.at(-1) === '--help' || args.at(-1) === '-h';

/**
 * The help that a command line asks for, if it can be had without loading the commands.
 *
 * @param columns of the terminal
 * @returns null for another command line, for a narrow terminal, and where no build has written the table
 */
export function preparedHelp(
  args: readonly string[],
  columns = HELP_COLUMNS,
  file: URL = FILE,
): string | null {
  if (!asksForHelp(args) || columns < HELP_COLUMNS) return null;
  try {
    const table = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
    const words = args.slice(0, -1).join(' ');
    return Object.hasOwn(table, words) ? table[words]! : null;
  } catch {
    return null;
  }
}
