import { randomBytes } from 'node:crypto';

const MINUTES = 10;

export type OnceSecrets = ReturnType<typeof onceSecrets>;

/** Secrets that sign one person in, each once and for ten minutes. They are kept in memory, so a restart ends them. */
export function onceSecrets(now: () => Date) {
  const ends = new Map<string, number>();
  return {
    make(): string {
      const secret = randomBytes(24).toString('base64url');
      ends.set(secret, now().getTime() + MINUTES * 60_000);
      return secret;
    },
    /** Whether it is one of them; it is none from here on. */
    take(candidate: string): boolean {
      // A look-up tells nothing of a secret of 192 random bits by the time that it takes.
      const end = ends.get(candidate);
      ends.delete(candidate);
      return end !== undefined && now().getTime() < end;
    },
  };
}
