import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Link } from './link.js';

type Spendable = Pick<Link, 'id' | 'expires'>;

/** The links with which a decision was made. */
export interface SpentLinks {
  has(link: Spendable): boolean;
  /** Spends it, before the decision: of two that come together, one gets true. @throws Error when it can't be kept */
  spend(link: Spendable): boolean;
  /** Takes it back, for a decision that was refused. */
  restore(link: Spendable): void;
}

/**
 * Kept as empty files in a folder, one a link, so that they outlive a restart and every desk on the folder sees them at once.
 * Those that have ended by now are dropped.
 */
export function spentLinksIn(folder: string, now: () => Date): SpentLinks {
  const fileOf = ({ id, expires }: Spendable): string => join(folder, `${expires}.${id}`);
  return {
    has: (link) => existsSync(fileOf(link)),
    spend(link) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const name of readdirSync(folder)) {
        if (Number.parseInt(name, 10) * 1_000 < now().getTime()) rmSync(join(folder, name), { force: true });
      }
      try {
        // Fails where the file is there, so that a link is spent once.
        closeSync(openSync(fileOf(link), 'wx', 0o600));
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      }
    },
    restore: (link) => rmSync(fileOf(link), { force: true }),
  };
}
