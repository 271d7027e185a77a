interface Bucket {
  readonly perMs: number;
  used: number;
  until: number;
}

/** Counts calls in windows of time, as Mastodon does. */
export class Rates {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** @returns when the next call is allowed; null where this one is */
  use(name: string, most: number, perMs: number): Date | null {
    const now = this.#now().getTime();
    let bucket = this.#buckets.get(name);
    if (!bucket || bucket.until <= now) {
      bucket = { perMs, used: 0, until: now + perMs };
      this.#buckets.set(name, bucket);
    }
    bucket.used += 1;
    return bucket.used > most ? new Date(bucket.until) : null;
  }
}
