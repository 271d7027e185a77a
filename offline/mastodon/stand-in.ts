import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { mastodonApp } from './app.js';
import { Rates, LIMITS, type Flavour, type Limits } from './rules.js';
import { Statuses, type StandInStatus } from './statuses.js';

export type StandInCall = 'status' | 'edit' | 'media' | 'look' | 'list' | 'delete' | 'account' | 'instance';

/**
 * - `status`: an error answer, before anything was done;
 * - `drop-before`: the connection breaks before anything was done;
 * - `drop-after`: it is done, and the connection breaks instead of an answer.
 */
export interface MastodonFault {
  /** `look` is at a medium that is being processed. */
  readonly on: StandInCall;
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

  take(on: StandInCall): MastodonFault | null {
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

interface MastodonStandInOptions {
  /** `mastodon` when left out. */
  readonly flavour?: Flavour;
  /** Mastodon's own where left out. */
  readonly limits?: Partial<Limits>;
  /** A free one when left out. */
  readonly port?: number;
}

interface MastodonControl {
  /** Arms a fault. */
  fail(fault: MastodonFault): void;
  /** Disarms all faults. */
  clear(): void;
  /** Lets its clock go on by so much: keys are kept for an hour, limits for minutes. */
  pass(ms: number): void;
  setLimits(limits: Partial<Limits>): void;
  /** Withdraws the token, as its owner does on the instance's page, or gives it back. */
  setWithdrawn(isWithdrawn: boolean): void;
  /** How often a file is looked at before it is finished, from the next upload on; 0 at first, as for pictures since Mastodon 4. */
  setLooks(looks: number): void;
  /** Nobody listens any more. @returns how it listens again, at the same address, with all that stood there */
  goAway(): Promise<() => Promise<void>>;
}

export interface MastodonStandIn {
  /** Without a slash at the end. */
  readonly url: string;
  /** Of `@ash`, its only account. */
  readonly token: string;
  readonly control: MastodonControl;
  /** What stands there now, newest first. */
  statuses(): StandInStatus[];
  close(): Promise<void>;
}

/**
 * Starts a stand-in of a Mastodon instance with one account: it keeps the rules that docs.joinmastodon.org gives to a program that
 * publishes, and forgets everything when it is closed. Nobody reads it.
 */
export async function startMastodon(options: MastodonStandInOptions = {}): Promise<MastodonStandIn> {
  const { flavour = 'mastodon', limits = {}, port = 0 } = options;
  let passedMs = 0;
  const now = (): Date => new Date(Date.now() + passedMs);
  const state = { limits: { ...LIMITS, ...limits }, isWithdrawn: false, looks: 0 };
  const statuses = new Statuses(now);
  const faults = new MastodonFaults();
  const token = 'stand-in-of-a-token_5p4rr0w';
  const app = mastodonApp({
    token,
    flavour,
    statuses,
    uploads: new Map(),
    faults,
    rates: new Rates(now),
    now,
    state,
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  const listen = (at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, '127.0.0.1', () => resolve());
    });
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    if ('closeAllConnections' in server) server.closeAllConnections();
    await closed;
  };
  await listen(port);
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    token,
    control: {
      fail: (fault) => faults.add(fault),
      clear: () => faults.clear(),
      pass: (ms) => void (passedMs += ms),
      setLimits: (changed) => void (state.limits = { ...state.limits, ...changed }),
      setWithdrawn: (isWithdrawn) => void (state.isWithdrawn = isWithdrawn),
      setLooks: (looks) => void (state.looks = looks),
      async goAway() {
        await stop();
        return () => listen(address.port);
      },
    },
    statuses: () => statuses.list(),
    close: stop,
  };
}
