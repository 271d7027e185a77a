import { randomBytes } from 'node:crypto';

const MINUTES = 10;

/** Secrets that sign one person in, each once and for ten minutes. They are kept in memory, so a restart ends them. */
export interface OnceSecrets {
  make(): string;
  /** Whether it is one of them; it is none from here on. */
  take(candidate: string): boolean;
}

/** @param now tells when a secret was made, and when its time is over. */
export function onceSecrets(now: () => Date): OnceSecrets {
  const ends = new Map<string, number>();
  return {
    make() {
      const secret = randomBytes(24).toString('base64url');
      ends.set(secret, now().getTime() + MINUTES * 60_000);
      return secret;
    },
    // A look-up tells nothing of a secret of 192 random bits by the time that it takes.
    take(candidate) {
      const end = ends.get(candidate);
      ends.delete(candidate);
      return end !== undefined && now().getTime() < end;
    },
  };
}
