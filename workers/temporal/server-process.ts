import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf } from './command-line.js';

/** A running Temporal dev server, started by this process or taken over from one that was killed. */
export interface DevServer {
  readonly pid: number;
  /** `127.0.0.1:<port>` */
  readonly address: string;
  /** Where its UI listens, without a slash at the end. It asks nobody who he is, so people get it through a check. */
  readonly uiUrl: string;
  /** Settles when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Ends it in order, or by force after 10 s. Does nothing when it has ended. */
  stop(): Promise<void>;
}

/** Whether the process is alive and serves just this database file. */
export function servesDatabase(pid: number, dbFile: string): boolean {
  return `${commandOf(pid) ?? ''} `.includes(` --db-filename ${dbFile} `);
}

/** A handle on the dev server with this pid, be it a child of this process or not. */
export function devServerOf(
  record: { pid: number; port: number; uiHost: string; uiPort: number; dbFile: string },
  exited: Promise<void> = watchExit(record.pid, record.dbFile),
): DevServer {
  return {
    pid: record.pid,
    address: `127.0.0.1:${record.port}`,
    uiUrl: `http://${record.uiHost}:${record.uiPort}`,
    exited,
    stop: () => stopServer(record.pid, record.dbFile),
  };
}

/** Ends the dev server in order, so that it closes its database, or by force after `patienceMs`. */
export async function stopServer(pid: number, dbFile: string, patienceMs = 10_000): Promise<void> {
  const isRunning = () => servesDatabase(pid, dbFile);
  signal(pid, isRunning, 'SIGTERM');
  const deadline = Date.now() + patienceMs;
  while (isRunning()) {
    if (Date.now() > deadline) signal(pid, isRunning, 'SIGKILL');
    await sleep(50);
  }
}

function signal(pid: number, isRunning: () => boolean, name: 'SIGTERM' | 'SIGKILL'): void {
  if (!isRunning()) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** For a server that is not our child: no event tells of its end. */
async function watchExit(pid: number, dbFile: string): Promise<void> {
  while (servesDatabase(pid, dbFile)) await sleep(500, undefined, { ref: false });
}
