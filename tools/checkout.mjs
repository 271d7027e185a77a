import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * Copies the sources of this checkout as they are, with what is new and without what is ignored.
 * @param {string} folder
 */
export function copyCheckout(folder) {
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', listing, { cwd: root, encoding: 'utf8' }).split('\0');
  // A file that was deleted and not staged is listed too.
  for (const file of files)
    if (file && existsSync(join(root, file))) cpSync(join(root, file), join(folder, file));
}
