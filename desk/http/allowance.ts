const WINDOW_MS = 60_000;
const MOST_KEYS = 10_000;
/** A person who mistypes is never slowed. */
export const FREE_GUESSES = 10;

interface Window {
  readonly since: number;
  count: number;
}

/** How often each of many may do something, in windows of a minute that the first time opens. */
export class Allowance {
  readonly #windows = new Map<string, Window>();
  readonly #most: number;
  readonly #now: () => Date;
  readonly #opened: (key: string) => void;

  /**
   * @param most times a minute, each
   * @param opened hears of the first time in a minute
   */
  constructor(most: number, now: () => Date, opened: (key: string) => void = () => {}) {
    this.#most = most;
    this.#now = now;
    this.#opened = opened;
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
    this.#opened(key);
    return window;
  }
}

/**
 * The wrong tokens that each visitor may show.
 *
 * @param log hears once a minute, of all visitors
 * @param what is guessed at, as the log names it
 */
export function allowGuesses(now: () => Date, log: (line: string) => void, what = 'sign-in'): Allowance {
  const lines = new Allowance(1, now);
  let others = 0;
  return new Allowance(FREE_GUESSES, now, (visitor) => {
    // Who has many addresses must not fill the log with them.
    if (lines.take(what) !== null) return void (others += 1);
    const before = others === 0 ? '' : `, after ${others} more from other addresses`;
    others = 0;
    log(
      `${what}: a wrong token from ${visitor}${before}; more are not logged for a minute, and after ${FREE_GUESSES} from one address get 429`,
    );
  });
}
