import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { capture, fail, say } from './run.mjs';

const lockfile = join(root, 'package-lock.json');
const stampFile = join(root, 'node_modules', '.copydesk-lock');

/** Installs the packages of package-lock.json with `npm ci`, unless they are there. Ends the process if that fails. */
export function ensureInstalled() {
  const lock = readFileSync(lockfile, 'utf8');
  const stamp = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === stamp) return;
  if (!agrees(JSON.parse(lock), installed())) {
    say('Installing packages (about a minute, once)…');
    // `prepare` would build inside the install, where a failed build reads like a failed install.
    const done = capture('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
      ...process.env,
      COPYDESK_SKIP_PREPARE: '1',
    });
    if (!done.ok) fail('npm ci failed (its output is above); nothing was started.', done.output);
  }
  writeFileSync(stampFile, `${stamp}\n`);
}

/** npm's own record of what node_modules holds; null where there is none. */
function installed() {
  try {
    return JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Whether what npm recorded as installed covers the lock file: every package in its version. Packages for other
 * platforms are optional and absent.
 * @param {{ packages: Record<string, { version?: string, optional?: boolean }> }} lock
 * @param {{ packages: Record<string, { version?: string }> } | null} record
 */
export function agrees(lock, record) {
  if (record === null) return false;
  return Object.entries(lock.packages).every(([path, { version, optional, devOptional, peer }]) => {
    const there = record.packages[path];
    if (there === undefined) return path === '' || Boolean(optional || devOptional || peer);
    return there.version === version;
  });
}
