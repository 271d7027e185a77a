import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';

/** A lock that was not touched for this long, in ms, was left by a process that was killed. */
const STALE = 5_000;
const TOUCH_EVERY = 1_000;
/** Long enough, in ms, for a left-over lock to go stale and be taken over. */
const WAIT = 8_000;
const TRY_EVERY = 250;

export interface FolderLockOptions {
  /** Told once when the folder is held and we wait for it. */
  readonly onWait?: (message: string) => void;
  /** Told once when the lock is lost while we hold it: the machine slept and another process took the folder over. */
  readonly onLost?: (message: string) => void;
}

export interface FolderLock {
  /** Why the folder must not be touched any more; null while we hold it. */
  lost(): string | null;
  release(): Promise<void>;
}

/**
 * Takes a folder for this process and keeps the lock fresh for as long as it lives.
 *
 * @throws Error in one line when another living process holds it.
 */
export async function lockFolder(folder: string, { onWait, onLost }: FolderLockOptions): Promise<FolderLock> {
  let lost: string | null = null;
  const options = {
    lockfilePath: join(folder, 'lock'),
    stale: STALE,
    update: TOUCH_EVERY,
    onCompromised: ({ message }: Error) => {
      lost = `archive folder ${folder} was lost to another process (${message}); stop one of the two and start again`;
      (onLost ?? process.emitWarning)(lost);
    },
  };
  const attempt = (retries: number): Promise<() => Promise<void>> =>
    lockfile.lock(folder, {
      ...options,
      retries: { retries, factor: 1, minTimeout: TRY_EVERY, maxTimeout: TRY_EVERY },
    });

  const unlock = await attempt(0).catch(async (error: unknown) => {
    if (!isHeld(error)) throw error;
    onWait?.(
      `archive folder ${folder} is held${await owner(folder)}; waiting up to ${WAIT / 1_000} s for it`,
    );
    return attempt(WAIT / TRY_EVERY).catch(async (still: unknown) => {
      if (!isHeld(still)) throw still;
      const holder = `another process${await owner(folder)}`;
      throw new Error(`archive folder ${folder} is in use by ${holder}; stop it or set COPYDESK_DATA`);
    });
  });
  await writeFile(pidFile(folder), `${process.pid}\n`);
  return {
    lost: () => lost,
    async release() {
      if (lost !== null) return;
      await rm(pidFile(folder), { force: true });
      await unlock();
    },
  };
}

const pidFile = (folder: string): string => join(folder, 'owner.pid');
const isHeld = (error: unknown): boolean => (error as { code?: string }).code === 'ELOCKED';

/** ` (pid 4711)` where the holder wrote it down, else nothing. */
async function owner(folder: string): Promise<string> {
  const pid = (await readFile(pidFile(folder), 'utf8').catch(() => '')).trim();
  return /^\d+$/.test(pid) ? ` (pid ${pid})` : '';
}
