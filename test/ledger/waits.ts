import { AsyncLocalStorage } from 'node:async_hooks';

const attempts = new AsyncLocalStorage<true>();
const waitFor = globalThis.setTimeout;
let skipped = 0;

/** Deadlines, which are no pauses: of an archive, of a file's check and of a silent download; and undici's clock, which counts its own ticks. */
const DEADLINES: readonly number[] = [10_000, 30_000, 499];

/** Pauses of activities and of providers' clients: what is shorter is work, what is longer is patience. */
const isPause = (ms: number): boolean => ms >= 100 && ms < 60_000 && !DEADLINES.includes(ms);

/** Runs an attempt in whose course no pause is waited for. */
export const withoutWaits = <T>(work: () => Promise<T>): Promise<T> => attempts.run(true, work);

/** The clock by which every pause was waited for. */
export const now = (): Date => new Date(Date.now() + skipped);

/** From now on pauses in an attempt are a moment long. @returns what puts the real ones back */
export function skipPauses(): () => void {
  skipped = 0;
  globalThis.setTimeout = Object.assign((work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    if (!attempts.getStore() || !isPause(ms)) return waitFor(work, ms, ...args);
    skipped += ms;
    return waitFor(work, 1, ...args);
  }, waitFor) as typeof setTimeout;
  return () => {
    globalThis.setTimeout = waitFor;
  };
}
