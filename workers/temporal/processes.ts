import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The embedded Temporal server of an install. */
export interface ServerRecord {
  readonly pid: number;
  readonly port: number;
  /** Where its UI listens, which is served to people elsewhere. Missing in what older versions wrote. */
  readonly uiHost?: string;
  readonly uiPort: number;
  /** Absolute. */
  readonly dbFile: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** The all-in-one of an install. */
export interface UpRecord {
  readonly pid: number;
  readonly deskPort: number;
  /** Its command line: a pid is used again after a restart of the machine. */
  readonly command: string;
}

/** What `npm start` runs, as `processes.json` in the data folder holds it. */
export interface Processes {
  readonly temporal?: ServerRecord;
  readonly up?: UpRecord;
}

/** What is written down; nothing where the file is missing or unreadable, as after a first start. */
export function readProcesses(data: string): Processes {
  try {
    const read: unknown = JSON.parse(readFileSync(fileIn(data), 'utf8'));
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    return {};
  }
}

/** Changes what is written down; an undefined part is removed. A reader sees the old or the new file, never half of one. */
export function writeProcesses(data: string, change: Processes): void {
  mkdirSync(data, { recursive: true });
  const next = { ...readProcesses(data), ...change };
  const draft = `${fileIn(data)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(next, null, 2)}\n`);
  renameSync(draft, fileIn(data));
}

/** Forgets the install's processes, once they have ended in order. */
export function forgetProcesses(data: string): void {
  rmSync(fileIn(data), { force: true });
}

function fileIn(data: string): string {
  return join(data, 'processes.json');
}
