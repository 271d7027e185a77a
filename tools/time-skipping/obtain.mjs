import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../paths.mjs';
import { ensureJava, ensureMaven } from '../programs.mjs';
import { capture, fail, say } from '../run.mjs';

/** Long enough for the server to have loaded its classes. */
const WARM_UP_MS = 6_000;
const source = join(root, 'tools', 'time-skipping');
const script = 'temporal-test-server.sh';
/** What a folder of the server is made from, and keeps a copy of. */
const inputs = ['pom.xml', script];

/**
 * The script that is Temporal's time-skipping test server, for the SDK's `existing-path`: its jars are in the user's cache
 * folder, so that a fresh clone need not fetch them again. Ends the process with a line if it can't be had.
 */
export function obtainTimeSkipping(env = process.env) {
  const version = pinnedVersion();
  const caches = env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache');
  const folder = join(caches, 'copydesk', `temporal-test-server-${version}`);
  const maven = isCurrent(folder) ? null : ensureMaven();
  ensureJava();
  if (maven !== null) fetchServer(maven, folder, version);
  return join(folder, script);
}

function pinnedVersion() {
  const pom = readFileSync(join(source, 'pom.xml'), 'utf8');
  const pinned = /<artifactId>temporal-test-server<\/artifactId>\s*<version>([\w.-]+)<\/version>/.exec(pom);
  return pinned?.[1] ?? fail('tools/time-skipping/pom.xml pins no version of temporal-test-server');
}

/** A folder appears whole or not at all, so the copies in it tell all that there is to know of it. */
function isCurrent(folder) {
  return inputs.every((name) => {
    try {
      return readFileSync(join(folder, name)).equals(readFileSync(join(source, name)));
    } catch {
      return false;
    }
  });
}

function fetchServer(maven, folder, version) {
  say(
    `Fetching Temporal's time-skipping test server ${version} with Maven (40 MB and 15 to 60 seconds, once; kept as ${folder})…`,
  );
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}.`);
  const { ok, output } = copyJars(maven, draft);
  if (ok) {
    for (const name of inputs) copyFileSync(join(source, name), join(draft, name));
    chmodSync(join(draft, script), 0o755);
    chmodSync(draft, 0o755);
    archiveClasses(join(draft, script));
    place(draft, folder);
  }
  rmSync(draft, { recursive: true, force: true });
  if (!ok) fail(`Maven could not fetch the time-skipping test server ${version}: see above.`, output);
}

function copyJars(maven, folder) {
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  const flags = ['--batch-mode', '--quiet', '--strict-checksums', '--file', join(source, 'pom.xml')];
  return capture(maven, [...flags, ...goal]);
}

/** A run on any free port, ended by SIGTERM: see the script. */
function archiveClasses(server) {
  spawnSync(server, ['0'], { stdio: 'ignore', timeout: WARM_UP_MS });
}

/** Of two that fetch at a time the first one stays. */
function place(draft, folder) {
  if (isCurrent(folder)) return;
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!isCurrent(folder)) throw error;
  }
}
