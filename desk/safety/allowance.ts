const WINDOW_MS = 60_000;
const MOST_KEYS = 10_000;

interface Window {
  readonly since: number;
  count: number;
}

/** How often each of many may do something, in windows of a minute that the first time opens. */
export class Allowance {
  readonly #windows = new Map<string, Window>();
  readonly #most: number;
  readonly #now: () => Date;

  /** @param most times a minute, each */
  constructor(most: number, now: () => Date) {
    this.#most = most;
    this.#now = now;
  }

  /** Takes one time. Answers the seconds after which there are more, or null where this one was free. */
  take(key: string): number | null {
    const now = this.#now().getTime();
    const last = this.#windows.get(key);
    const isOpen = last !== undefined && now >= last.since && now - last.since < WINDOW_MS;
    const window = isOpen ? last : this.#open(key, now);
    if (window.count >= this.#most) return Math.ceil((window.since + WINDOW_MS - now) / 1_000);
    window.count += 1;
    return null;
  }

  #open(key: string, now: number): Window {
    // Deleted before it is set, so that the first of the map is the oldest.
    this.#windows.delete(key);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size >= MOST_KEYS && oldest !== undefined) this.#windows.delete(oldest);
    const window = { since: now, count: 0 };
    this.#windows.set(key, window);
    return window;
  }
}
