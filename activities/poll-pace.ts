/** How long to wait before the next look at a job, in ms: seldom while it can't have ended, often about when it usually does. */
export function nextLook(waited: number, usual: number | null): number {
  if (usual === null) return clamp(waited / 40, 250, 1_000);
  if (waited < EARLY * usual) return clamp(EARLY * usual - waited, 100, 5_000);
  if (waited < LATE * usual) return clamp(usual / 100, 100, 500);
  return clamp(waited / 10, 250, 2_000);
}

/** A job that ends earlier than this share of the usual time is noticed late, one that ends later than that is asked for seldom. */
const [EARLY, LATE] = [0.9, 1.5];

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** How many of a model's newest jobs its usual time is taken from. */
const NEWEST = 9;

/** What each model usually takes, as this process has seen it. */
export class UsualTimes {
  readonly #seen = new Map<string, number[]>();

  /** The job of a model took so long, in ms. */
  note(endpoint: string, ms: number): void {
    this.#seen.set(endpoint, [...(this.#seen.get(endpoint) ?? []), ms].slice(-NEWEST));
  }

  /** The median in ms; null while none has been seen. */
  of(endpoint: string): number | null {
    const seen = this.#seen.get(endpoint)?.toSorted((a, b) => a - b);
    return seen?.[seen.length >> 1] ?? null;
  }
}
