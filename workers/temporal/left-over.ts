import { lock } from 'proper-lockfile';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf } from './command-line.js';
import { readProcesses, writeProcesses } from './processes.js';
import { connectWhenServing } from './serving.js';
import { devServerOf, servesDatabase, stopServer, type DevServer } from './server-process.js';

/** Another all-in-one works on the same data folder. */
export class UpAlreadyRunning extends Error {
  override name = 'UpAlreadyRunning' as const;
  readonly pid: number;
  constructor(data: string, pid: number, deskPort: number) {
    super(
      `Copydesk already runs on the data folder '${data}' as process ${pid}, desk http://127.0.0.1:${deskPort}; ` +
        'end that one, or set COPYDESK_DATA, COPYDESK_PORT and COPYDESK_TEMPORAL_PORT for a second install',
    );
    this.pid = pid;
  }
}

/**
 * Writes this process down as the all-in-one of a data folder.
 * @throws UpAlreadyRunning when another living one is
 */
export async function claimUp(
  data: string,
  { pid, deskPort }: { pid: number; deskPort: number },
): Promise<void> {
  mkdirSync(data, { recursive: true });
  const release = await lock(data, {
    lockfilePath: join(data, 'processes.lock'),
    retries: { retries: 100, factor: 1, minTimeout: 100, maxTimeout: 100 },
    // A killed holder's lock is taken over within the retries.
    stale: 5_000,
  });
  try {
    const { up } = readProcesses(data);
    if (up && up.pid !== pid && commandOf(up.pid) === up.command) {
      throw new UpAlreadyRunning(data, up.pid, up.deskPort);
    }
    writeProcesses(data, { up: { pid, deskPort, command: commandOf(pid) ?? '' } });
  } finally {
    await release();
  }
}

export interface LeftOverQuery {
  /** Folder with `processes.json`. */
  readonly data: string;
  /** Absolute. */
  readonly dbFile: string;
  readonly port: number;
}

/**
 * This install's own server, left over from an all-in-one that was killed. One that is on another port than is wanted
 * now, does not answer, or has its UI where any page finds it, as older versions started it, is ended: two servers must not
 * share a database file.
 * @returns null when there is none to take over
 */
export async function findLeftOver({ data, dbFile, port }: LeftOverQuery): Promise<DevServer | null> {
  const { temporal: record } = readProcesses(data);
  if (!record || !servesDatabase(record.pid, dbFile)) return null;
  const { uiHost } = record;
  if (record.port === port && uiHost && (await answers(record.pid, dbFile, port))) {
    return devServerOf({ ...record, uiHost, dbFile });
  }
  await stopServer(record.pid, dbFile);
  return null;
}

async function answers(pid: number, dbFile: string, port: number): Promise<boolean> {
  const connection = await connectWhenServing(`127.0.0.1:${port}`, {
    withinMs: 15_000,
    gaveUp: () => !servesDatabase(pid, dbFile),
  });
  await connection?.close();
  return connection !== null;
}
