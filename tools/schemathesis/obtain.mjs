import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { ensurePython } from '../programs.mjs';
import { capture, fail, say } from '../run.mjs';

const REQUIREMENTS = 'requirements.txt';
const pinned = join(root, 'tools', 'schemathesis', REQUIREMENTS);

/**
 * The schemathesis that asks the desk's HTTP API at random: the path of its command. It is installed in an environment of its own
 * in the user's cache folder, so that a fresh clone need not fetch it again. Ends the process with a line if it can't be had.
 */
export function obtainSchemathesis(env = process.env) {
  const version = /^schemathesis==([\w.]+)/m.exec(readFileSync(pinned, 'utf8'))?.[1];
  const caches = env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache');
  const folder = join(caches, 'copydesk', `schemathesis-${version}`);
  if (!isCurrent(folder)) install(folder, version);
  return join(folder, 'bin', 'schemathesis');
}

/** The copy is made last, so it tells that the folder is whole. */
function isCurrent(folder) {
  try {
    return readFileSync(join(folder, REQUIREMENTS)).equals(readFileSync(pinned));
  } catch {
    return false;
  }
}

function install(folder, version) {
  const python = ensurePython();
  say(`Installing schemathesis ${version} for the tests (40 MB and half a minute, once; kept as ${folder})…`);
  // Its scripts name the folder, so it is made in place.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const steps = [
    [python, ['-m', 'venv', folder]],
    [
      join(folder, 'bin', 'pip'),
      ['install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', pinned],
    ],
  ];
  for (const [command, args] of steps) {
    const { ok, output } = capture(command, args);
    if (!ok) fail(`schemathesis ${version} could not be installed: see above.`, output);
  }
  copyFileSync(pinned, join(folder, REQUIREMENTS));
}
