import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { capture, fail, say } from './run.mjs';

/** The browser that the tests of the desk drive: its path. Ends the process if it is missing and can't be installed. */
export function ensureChromium() {
  return ensure({ name: 'Chromium', package: 'chromium', megabytes: 300, find: findChromium });
}

/** The folder with `initdb` and `postgres` for the tests of the grown archive: 15 or newer. Ends the process likewise. */
export function ensurePostgres() {
  return ensure({ name: 'PostgreSQL 15', package: 'postgresql', megabytes: 70, find: findPostgres });
}

/** Maven, which fetches the time-skipping test server, and which brings Java. Ends the process likewise. */
export function ensureMaven() {
  return ensure({ name: 'Maven', package: 'maven', megabytes: 250, find: () => onPath('mvn') });
}

/** The Java that runs the time-skipping test server: 17 or newer. Ends the process likewise. */
export function ensureJava() {
  return ensure({ name: 'Java 17', package: 'default-jre-headless', megabytes: 200, find: findJava });
}

/** The Python that runs schemathesis: 3.11 or newer, with `venv`. Ends the process likewise. */
export function ensurePython() {
  return ensure({ name: 'Python 3.11', package: 'python3-venv', megabytes: 30, find: findPython });
}

function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return names.map(onPath).find((path) => path !== null) ?? null;
}

function findPostgres() {
  const versions = names('/usr/lib/postgresql').filter((name) => Number(name) >= 15);
  const bins = versions
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => `/usr/lib/postgresql/${name}/bin`);
  const initdb = onPath('initdb');
  if (initdb !== null) bins.push(initdb.slice(0, -'/initdb'.length));
  return bins.find((bin) => isExecutable(join(bin, 'initdb'))) ?? null;
}

function findJava() {
  const java = onPath('java');
  if (java === null) return null;
  const { output } = capture(java, ['-version']);
  return Number(/version "(\d+)/.exec(output)?.[1]) >= 17 ? java : null;
}

function findPython() {
  const python = onPath('python3');
  if (python === null) return null;
  const needed = 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))';
  return capture(python, ['-c', needed]).ok ? python : null;
}

function ensure({ name, package: debian, megabytes, find }) {
  const there = find();
  if (there !== null) return there;
  const remedy = `apt-get install --no-install-recommends ${debian}`;
  if (process.getuid?.() !== 0 || onPath('apt-get') === null) {
    fail(`The tests need ${name}, which is not installed; on Debian: sudo ${remedy}`);
  }
  say(`Installing ${name} for the tests with apt-get (about ${megabytes} MB and a minute, once)…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  capture('apt-get', ['update'], env);
  capture('apt-get', ['install', '-y', '--no-install-recommends', debian], env);
  return find() ?? fail(`The tests need ${name}, and installing it failed; see what this says: ${remedy}`);
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function names(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
