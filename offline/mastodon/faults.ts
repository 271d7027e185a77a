export type MastodonCall = 'status' | 'media' | 'look' | 'list' | 'delete' | 'account' | 'instance';

/**
 * - `status`: an error answer, before anything was done;
 * - `drop-before`: the connection breaks before anything was done;
 * - `drop-after`: it is done, and the connection breaks instead of an answer.
 */
export interface MastodonFault {
  /** `look` is at a medium that is being processed. */
  readonly on: MastodonCall;
  readonly kind: 'status' | 'drop-before' | 'drop-after';
  /** How many calls it strikes; 1 when left out. */
  readonly times?: number;
  /** Of a `status` fault; 500 when left out. */
  readonly status?: number;
  /** When the limit is lifted, sent as `X-RateLimit-Reset`. */
  readonly resetAfterSeconds?: number;
  /** JSON, or a page of a proxy as text. Mastodon's usual words when left out. */
  readonly body?: object | string;
}

/** The faults that wait to strike, oldest first. */
export class MastodonFaults {
  #armed: { readonly fault: MastodonFault; left: number }[] = [];

  add(fault: MastodonFault): void {
    this.#armed.push({ fault, left: fault.times ?? 1 });
  }

  take(on: MastodonCall): MastodonFault | null {
    const struck = this.#armed.find(({ fault }) => fault.on === on);
    if (!struck) return null;
    struck.left -= 1;
    this.#armed = this.#armed.filter(({ left }) => left > 0);
    return struck.fault;
  }

  clear(): void {
    this.#armed = [];
  }
}
