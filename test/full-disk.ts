import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small disk of its own, which can really be full. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room that is left, or all but so much. */
  fill(leaveBytes?: number): void;
  /** Gives the room back. */
  free(): void;
  remove(): void;
}

/**
 * Mounts a file system in memory, which Linux lets root do.
 *
 * @param at where, in place of a new temporary folder.
 * @throws Error with the remedy where it may not be mounted
 */
export function smallDisk(megabytes: number, at?: string): SmallDisk {
  const folder = at ?? mkdtempSync(join(tmpdir(), 'copydesk-disk-'));
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'copydesk-test', folder], {
      stdio: 'pipe',
    });
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(
      'this test mounts a small disk; run it as root on Linux (in Docker: --cap-add SYS_ADMIN)',
      {
        cause,
      },
    );
  }
  const filler = join(folder, '.filler');
  return {
    folder,
    fill(leaveBytes = 0) {
      const { bavail, bsize } = statfsSync(folder);
      try {
        writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    free: () => rmSync(filler, { force: true }),
    remove() {
      // Lazily: a process that is still ending may hold a file on it.
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
