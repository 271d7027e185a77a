import { statfsSync } from 'node:fs';
import { ArchiveAway } from '../away.js';

/**
 * PostgreSQL's log of changes grows by files of 16 MB, and PGlite, which has no process to end, spins for ever when it can't
 * make the next one. So it is not asked for anything when there is no room for two of them.
 */
const LEAST_MB = 40;

/** The disk of the embedded archive is full. */
export class ArchiveDiskFull extends ArchiveAway {
  override name = 'ArchiveDiskFull' as const;
  constructor(folder: string, freeMb: number) {
    super(
      `archive folder ${folder} has ${freeMb} MB of room left on its disk; free some space there (${LEAST_MB} MB at least)`,
    );
  }
}

/** @throws ArchiveDiskFull when the embedded archive in this folder must not be used */
export function requireRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const freeMb = Math.floor((bavail * bsize) / 1_048_576);
  if (freeMb < LEAST_MB) throw new ArchiveDiskFull(folder, freeMb);
}
