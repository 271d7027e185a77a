import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { freePort } from './ports.js';
import { allGone, killAll, treeOf } from './processes.js';

/** A temporary PostgreSQL of its own folder and port on 127.0.0.1, for tests against the real server. */
export interface TestPostgres {
  /** Of one of its databases. */
  address(database: string): string;
  /** Makes an empty database and answers its address. */
  database(): Promise<string>;
  /** Ends all its processes at once, as `kill -9` does; what the operating system has been given stays. */
  kill(): Promise<void>;
  /** Starts it again after a kill, on the same data and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The database that has the archive's schema and nothing in it, where a run's server keeps one. */
export const ARCHIVE_TEMPLATE = 'archive';

const OLDEST = 15;

/**
 * Starts a temporary PostgreSQL. On Debian as root the server package is installed where it is missing.
 *
 * @throws Error with the remedy when there is no server of version 15 or newer.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const bin = findBinaries() ?? install();
  const owner: { uid?: number; gid?: number } = process.getuid?.() === 0 ? serverUser() : {};
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-postgres-'));
  const data = join(folder, 'data');
  // The server refuses root, and its user must own the folder.
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(bin, 'initdb'), initdb, { ...owner, cwd: folder, stdio: 'pipe' });
  const port = await freePort();
  const settings = [
    ...['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='],
    ...['fsync=off', 'max_connections=300'],
  ];
  const launch = (): ChildProcess =>
    spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  let server = launch();
  const killed = (): void => void server.kill('SIGQUIT');
  process.once('exit', killed);
  const address = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  await ready(server);
  return {
    address,
    database: () => createDatabase(address('postgres')),
    async kill() {
      const pids = treeOf(Number(server.pid));
      killAll(pids);
      await allGone(pids);
    },
    async restart() {
      server = launch();
      await ready(server);
    },
    async stop() {
      process.off('exit', killed);
      if (server.exitCode === null && server.signalCode === null) {
        const ended = new Promise((resolve) => server.once('exit', resolve));
        // SIGINT is PostgreSQL's fast shutdown: it disconnects who is still there.
        server.kill('SIGINT');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Makes a database on a server.
 *
 * @param server the URL of one of its databases
 * @param options `template` is the name of the database that it is a copy of, to which nobody may be connected; else it is empty
 * @returns the URL of the new one
 */
export async function createDatabase(
  server: string,
  { name = `test_${randomBytes(6).toString('hex')}`, template = 'template1' } = {},
): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name} template ${template}`).finally(() => client.end());
  return Object.assign(new URL(server), { pathname: name }).href;
}

/** The folder of the newest `initdb` and `postgres` that are new enough, by the usual places and the PATH. */
function findBinaries(): string | null {
  const installed = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt']
    .flatMap((root) => (existsSync(root) ? readdirSync(root).map((name) => join(root, name, 'bin')) : []))
    .filter((folder) => /(?:postgresql\/|postgresql@)\d+\/bin$/.test(folder))
    .sort((a, b) => versionIn(b) - versionIn(a));
  const onPath = (process.env['PATH'] ?? '').split(delimiter);
  return [...installed, ...onPath].find(isNewEnough) ?? null;
}

const versionIn = (folder: string): number => Number(/(\d+)\/bin$/.exec(folder)?.[1] ?? 0);

function isNewEnough(folder: string): boolean {
  if (!existsSync(join(folder, 'initdb')) || !existsSync(join(folder, 'postgres'))) return false;
  const version = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/(\d+)/.exec(version)?.[1] ?? 0) >= OLDEST;
}

function install(): string {
  const remedy = `these tests need a PostgreSQL server, version ${OLDEST} or newer; install postgresql-${OLDEST}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(remedy);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const packages = ['install', '-y', '--no-install-recommends', `postgresql-${OLDEST}`];
  try {
    execFileSync('apt-get', ['update'], { env, stdio: 'pipe' });
    execFileSync('apt-get', packages, { env, stdio: 'pipe' });
  } catch (cause) {
    throw new Error(`${remedy} (apt-get could not)`, { cause });
  }
  const bin = findBinaries();
  if (!bin) throw new Error(remedy);
  return bin;
}

function serverUser(): { uid: number; gid: number } {
  const id = (what: string): number => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${log}`)));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4_000);
      if (log.includes('database system is ready to accept connections')) resolve();
    });
  });
}
