const WITHIN_MS = 600_000;
const MOST = 5;

/** How often something may be started again by itself: five times in ten minutes, after which it is broken for good. */
export class Restarts {
  readonly #now: () => number;
  #times: number[] = [];

  /** @param now in ms, for tests. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Whether it may be started once more; counts it. */
  allow(): boolean {
    const now = this.#now();
    this.#times = this.#times.filter((time) => now - time < WITHIN_MS);
    if (this.#times.length >= MOST) return false;
    this.#times.push(now);
    return true;
  }
}
