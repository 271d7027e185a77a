import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What others may not do: read, write or enter. */
const OTHERS = 0o077;

/**
 * Makes the install's data its user's alone, since it holds the desk's token, what is not published yet and Temporal's
 * histories: whatever this process and its children make from now on, the folder, and what an older version left open in it.
 *
 * @param say hears of a folder that can't be closed, such as one of another user; work continues
 */
export function openDataFolder(folder: string, say: (line: string) => void): void {
  process.umask(OTHERS);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const wasOpen = (statSync(folder).mode & OTHERS) !== 0;
    if (wasOpen) chmodSync(folder, 0o700);
    for (const name of readdirSync(folder)) closeToOthers(join(folder, name), wasOpen);
  } catch (error) {
    const { message } = error as Error;
    say(
      `the data folder COPYDESK_DATA='${folder}' can't be kept from other users: ${message}; chmod -R go= it`,
    );
  }
}

/**
 * Takes every right of other users from a file or folder, and from what is in it. What a link leads to stays as it is.
 *
 * @param isDeep also from what lies further down, which in a folder that was closed before can't be reached anyway
 */
export function closeToOthers(path: string, isDeep = true): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat || stat.isSymbolicLink()) return;
  if ((stat.mode & OTHERS) !== 0) chmodSync(path, stat.mode & ~OTHERS & 0o7777);
  if (stat.isDirectory() && isDeep)
    for (const name of readdirSync(path)) closeToOthers(join(path, name), isDeep);
}
