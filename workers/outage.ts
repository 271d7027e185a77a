/** What is said when it begins, with the way out, and when it ends. */
interface OutageWords {
  readonly begins: string;
  readonly until: string;
  readonly ends: string;
}

const AWAY: OutageWords = { begins: 'is away', until: 'it is back', ends: 'is back' };

/** Says that something we depend on is away once, and once that it is back, however often it is asked for in between. */
export class Outage {
  readonly #what: string;
  readonly #say: (line: string) => void;
  readonly #now: () => number;
  readonly #words: OutageWords;
  #since: number | null = null;

  /** @param what `Temporal 127.0.0.1:7233`. @param now in ms, for tests. */
  constructor(
    what: string,
    say: (line: string) => void,
    now: () => number = Date.now,
    words: OutageWords = AWAY,
  ) {
    this.#words = words;
    this.#what = what;
    this.#say = say;
    this.#now = now;
  }

  get isOn(): boolean {
    return this.#since !== null;
  }

  /** @param why in a few words, without a full stop. */
  away(why: string): void {
    if (this.#since !== null) return;
    this.#since = this.#now();
    const since = new Date(this.#since).toISOString();
    const { begins, until } = this.#words;
    this.#say(`${this.#what} ${begins} since ${since} (${why}); work continues by itself when ${until}`);
  }

  back(): void {
    if (this.#since === null) return;
    const seconds = Math.round((this.#now() - this.#since) / 1_000);
    this.#since = null;
    this.#say(`${this.#what} ${this.#words.ends} after ${seconds} s`);
  }
}
