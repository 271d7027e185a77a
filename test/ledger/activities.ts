/** Takes the place of `workflows/activities.ts`, whose proxies need Temporal: the same activities, run by the test. */
import type * as real from '../../workflows/activities.js';
import type { Retries, Temporal } from './temporal.js';

let temporal: Temporal | null = null;

/** Whose attempts run from now on. */
export const runBy = (next: Temporal): void => {
  temporal = next;
};

const proxies = <T>(retries: Retries): T =>
  new Proxy({} as T & object, {
    get: (_target, activity) => ({
      executeWithOptions: (_options: object, input: readonly unknown[]) => {
        if (!temporal) throw new Error('nobody runs the activities');
        return temporal.execute(retries, String(activity), input);
      },
    }),
  });

export const paid = proxies<typeof real.paid>({ maximumAttempts: 1 });
export const textActivities = proxies<typeof real.textActivities>({ maximumAttempts: 10_000 });
export const media = proxies<typeof real.media>({ maximumAttempts: 250 });
export const archive = proxies<typeof real.archive>({ maximumAttempts: 10_000 });

/** Runs what must be done all the same, as in a scope that can't be cancelled. */
export async function protect<T>(work: () => Promise<T>): Promise<T> {
  if (!temporal) throw new Error('nobody runs the activities');
  const before = temporal.protected;
  temporal.protected = true;
  try {
    return await work();
  } finally {
    temporal.protected = before;
  }
}
