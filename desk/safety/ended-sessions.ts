import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The sessions that were signed out of before their end. */
export interface EndedSessions {
  /** @param expires seconds since 1970. */
  has(id: string, expires: number): boolean;
  add(id: string, expires: number): void;
}

/**
 * Kept as empty files in a folder, one a session, so that they outlive a restart and every desk on the folder sees them at
 * once. Those that would have ended by now anyway are dropped.
 *
 * @throws Error when the folder can't be written: the session is then not ended.
 */
export function endedSessionsIn(folder: string, now: () => Date): EndedSessions {
  const fileOf = (id: string, expires: number): string => join(folder, `${expires}.${id}`);
  return {
    has: (id, expires) => existsSync(fileOf(id, expires)),
    add(id, expires) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(fileOf(id, expires), '', { mode: 0o600 });
      for (const name of readdirSync(folder)) {
        if (Number.parseInt(name, 10) * 1_000 < now().getTime()) rmSync(join(folder, name), { force: true });
      }
    },
  };
}
