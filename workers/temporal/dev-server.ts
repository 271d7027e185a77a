import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { connectWhenServing } from './serving.js';
import { addMissingSearchAttributes, type SearchAttributeTypes } from './search-attributes.js';
import { devServerOf, type DevServer } from './server-process.js';

export interface DevServerOptions {
  /** Path of the official `temporal` command. */
  readonly binary: string;
  /** SQLite file of the server's state; made when missing. */
  readonly dbFile: string;
  readonly port: number;
  readonly uiHost: string;
  readonly uiPort: number;
  readonly searchAttributes: SearchAttributeTypes;
  /** Where the server's own output is appended. */
  readonly logFile: string;
  /** Called at once with the pid, before the server answers: what is written down here survives a kill. */
  readonly started?: (pid: number) => void;
}

/** Time a server may take to answer; a large database file on a busy machine takes several seconds. */
const STARTS_WITHIN_MS = 60_000;

/**
 * Starts the official dev server over a database file, on 127.0.0.1, and waits until it serves. It runs in a process
 * group of its own: a Ctrl-C in the terminal must not end it before the workers have stopped.
 * @throws Error, one line with the server's last words, when it ends early or does not answer within 60 s
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const dbFile = resolve(options.dbFile);
  mkdirSync(dirname(dbFile), { recursive: true });
  mkdirSync(dirname(options.logFile), { recursive: true });
  const child = spawnServer({ ...options, dbFile });
  let ended: string | null = null;
  const exited = endOf(child).then((how) => void (ended = how));
  if (child.pid === undefined) {
    await exited;
    throw new Error(`The Temporal server ${options.binary} could not be started: ${ended}`);
  }
  options.started?.(child.pid);
  const { port, uiHost, uiPort } = options;
  const server = devServerOf({ pid: child.pid, port, uiHost, uiPort, dbFile }, exited);
  const connection = await connectWhenServing(server.address, {
    withinMs: STARTS_WITHIN_MS,
    gaveUp: () => ended !== null,
  });
  if (connection === null) {
    await server.stop();
    throw new Error(
      `The Temporal server on ${server.address} ${ended ?? 'did not answer within 60 s'}; ` +
        `its last words, from ${options.logFile}: ${lastLine(options.logFile)}`,
    );
  }
  try {
    await addMissingSearchAttributes(connection, 'default', options.searchAttributes);
  } finally {
    await connection.close();
  }
  return server;
}

function spawnServer({
  binary,
  dbFile,
  port,
  uiHost,
  uiPort,
  searchAttributes,
  logFile,
}: DevServerOptions): ChildProcess {
  const log = openSync(logFile, 'a');
  try {
    const args = serverArgs({ dbFile, port, uiHost, uiPort, searchAttributes });
    const child = spawn(binary, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: bareEnvironment(),
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/**
 * The flags of `temporal server start-dev`. Its defaults for a file database are a rollback journal with full sync and a
 * transfer queue polled 20 times a second: 3 posts a second where these make 40. NORMAL loses nothing when the process
 * is killed.
 */
export function serverArgs(
  options: Pick<DevServerOptions, 'dbFile' | 'port' | 'uiHost' | 'uiPort' | 'searchAttributes'>,
): string[] {
  const attributes = Object.entries(options.searchAttributes);
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--namespace', 'default', '--log-level', 'error'],
    ...['--port', String(options.port), '--db-filename', options.dbFile],
    ...['--ui-ip', options.uiHost, '--ui-port', String(options.uiPort)],
    ...attributes.flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
    ...['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=2000'],
    ...['--dynamic-config-value', 'system.enableActivityEagerExecution=true'],
    ...['--dynamic-config-value', 'system.forceSearchAttributesCacheRefreshOnRead=false'],
    ...['transfer', 'timer', 'visibility'].flatMap((queue) => [
      '--dynamic-config-value',
      `history.${queue}ProcessorUpdateAckInterval="2s"`,
    ]),
    // The server also speaks HTTP, on a port of its own choice, without a token and to any web page. Nobody here uses that, so it
    // answers no host.
    ...['--dynamic-config-value', 'frontend.httpAllowedHosts=["copydesk.invalid"]'],
  ];
}

/** The server needs no provider's key, and the TEMPORAL_* variables of a shell are meant for clients. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'TMPDIR', 'TEMP', 'TZ'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((settle) => {
    child.once('error', (error) => settle(error.message));
    child.once('exit', (code, signal) => settle(`ended with ${signal ?? `code ${code}`}`));
  });
}

function lastLine(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) || '(nothing)';
}
