import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Something that ends at its time, in seconds since 1970, and was used up before. */
export interface Mark {
  readonly id: string;
  readonly expires: number;
}

/** What was used up before its end: sessions that were signed out of, links with which a decision was made. */
export interface KeptMarks {
  has(mark: Mark): boolean;
  /** Of two that add one together, one gets true. @throws Error when it can't be kept */
  add(mark: Mark): boolean;
  remove(mark: Mark): void;
}

/**
 * Kept as empty files in a folder, so that they outlive a restart and every desk on the folder sees them at once. Those that have
 * ended by now are dropped.
 */
export function keepMarks(folder: string, now: () => Date): KeptMarks {
  const fileOf = ({ id, expires }: Mark): string => join(folder, `${expires}.${id}`);
  return {
    has: (mark) => existsSync(fileOf(mark)),
    add(mark) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const name of readdirSync(folder)) {
        if (Number.parseInt(name, 10) * 1_000 < now().getTime()) rmSync(join(folder, name), { force: true });
      }
      try {
        // Fails where the file is there.
        closeSync(openSync(fileOf(mark), 'wx', 0o600));
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      }
    },
    remove: (mark) => rmSync(fileOf(mark), { force: true }),
  };
}
