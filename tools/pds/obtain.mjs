import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import lockfile from 'proper-lockfile';
import { root } from '../paths.mjs';
import { say as sayToPerson } from '../run.mjs';

const FILES = ['package.json', 'package-lock.json'];
/** With what the server's own SQLite is replaced, and from which Node on. */
const SQLITE = 'sqlite';
const SQLITE_FROM = 22;
const pinned = join(root, 'tools', 'pds');

/**
 * The folder in which the tests' server of the AT protocol is installed: in the user's cache, once for every clone, by its lock
 * file and by the Node that its SQLite is compiled for. Two that ask at a time install it once.
 *
 * @param {{ env?: Record<string, string | undefined>, say?: (line: string) => void }} options
 * @throws Error that says what could not be had, with npm's last words
 */
export async function obtainPds({ env = process.env, say = sayToPerson } = {}) {
  const caches = join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'copydesk');
  const folder = join(caches, `pds-${key()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(caches, { recursive: true });
  const release = await lockfile.lock(caches, {
    lockfilePath: `${folder}.lock`,
    stale: 20_000,
    // Somebody else installs it meanwhile.
    retries: { retries: 600, factor: 1, minTimeout: 1_000, maxTimeout: 1_000 },
  });
  try {
    if (!existsSync(folder)) await install(folder, { env, say });
  } finally {
    await release();
  }
  return folder;
}

function key() {
  const hash = createHash('sha256').update(`${process.versions.modules} ${process.platform} ${process.arch}`);
  for (const folder of ['', SQLITE])
    for (const file of FILES) hash.update(readFileSync(join(pinned, folder, file)));
  return hash.digest('hex').slice(0, 16);
}

async function install(folder, { env, say }) {
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  for (const folder of ['', SQLITE])
    for (const file of FILES) cpSync(join(pinned, folder, file), join(part, folder, file));
  say(`Installing a Bluesky server for the tests (250 MB and two minutes, once; kept as ${folder})…`);
  await npm(part, env, ...CLEAN);
  await installSqlite(part, env);
  renameSync(part, folder);
}

const CLEAN = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];

/**
 * Of all that is installed only SQLite is native. The server's own, better-sqlite3 12, has to be built, and ends the process from
 * Node 24.19 on ("Assertion failed: (env) != nullptr" as a statement is collected); 13 comes built, and crashes Node 20.
 */
async function installSqlite(part, env) {
  if (Number.parseInt(process.versions.node, 10) < SQLITE_FROM) {
    await npm(part, { ...env, ...headers() }, 'rebuild', 'better-sqlite3');
    return;
  }
  await npm(join(part, SQLITE), env, ...CLEAN);
  const place = join(part, 'node_modules', 'better-sqlite3');
  rmSync(place, { recursive: true });
  renameSync(join(part, SQLITE, 'node_modules', 'better-sqlite3'), place);
}

/** The headers that came with this Node, which node-gyp would else download. */
function headers() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {};
}

async function npm(cwd, env, ...args) {
  const child = spawn('npm', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  if (code !== 0)
    throw new Error(
      `the tests' Bluesky server could not be installed: npm ${args[0]}\n${said.slice(-2_000)}`,
    );
}
