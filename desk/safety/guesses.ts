const WINDOW_MS = 60_000;
/** A person who mistypes is never slowed. */
export const FREE_GUESSES = 10;
const MOST_VISITORS = 10_000;

interface Window {
  readonly since: number;
  count: number;
}

/** Counts the wrong tokens of each visitor, in windows of a minute that the first one opens. */
export class Guesses {
  readonly #windows = new Map<string, Window>();
  readonly #now: () => Date;
  readonly #log: (line: string) => void;
  readonly #what: string;

  /**
   * @param log hears of a visitor's first wrong token in a minute.
   * @param what is guessed at, as the log names it.
   */
  constructor(now: () => Date, log: (line: string) => void, what = 'sign-in') {
    this.#now = now;
    this.#log = log;
    this.#what = what;
  }

  /** Counts a wrong token. Answers the seconds after which the visitor may guess again, or null while that is now. */
  count(address: string | undefined): number | null {
    const visitor = visitorOf(address);
    const now = this.#now().getTime();
    const last = this.#windows.get(visitor);
    const window = last && now - last.since < WINDOW_MS ? last : this.#open(visitor, now);
    window.count += 1;
    return window.count > FREE_GUESSES ? Math.ceil((window.since + WINDOW_MS - now) / 1_000) : null;
  }

  #open(visitor: string, now: number): Window {
    // Deleted before it is set, so that the first of the map is the oldest.
    this.#windows.delete(visitor);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size >= MOST_VISITORS && oldest !== undefined) this.#windows.delete(oldest);
    const window = { since: now, count: 0 };
    this.#windows.set(visitor, window);
    this.#log(
      `${this.#what}: a wrong token from ${visitor}; more from there are not logged for a minute, and after ${FREE_GUESSES} get 429`,
    );
    return window;
  }
}

/** One visitor has one IPv4 address, or the 2^64 IPv6 addresses of a network. */
export function visitorOf(address: string | undefined): string {
  if (address === undefined) return 'an unknown address';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail = ''] = address.split('::');
  const [front, back] = [head, tail].map((half) => half.split(':').filter(Boolean)) as [string[], string[]];
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`;
}
