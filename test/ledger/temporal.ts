import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  RetryState,
  TimeoutFailure,
  TimeoutType,
  type ActivityFunction,
} from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createCollect } from '../../activities/collect.js';
import { createActivities } from '../../activities/index.js';
import type { Services } from '../../services/services.js';
import type { Strike } from './scenario.js';
import type { Answer } from './wire.js';

/** How an activity is retried, as `workflows/activities.ts` says it. */
export interface Retries {
  readonly maximumAttempts: number;
}

const LOGGER = new DefaultLogger('ERROR');
const FILES = {
  poll: () => 20,
  result: { patience: 60_000, pause: 5_000 },
  downloads: [100, 100, 100, 100, 100],
};

/** What came of an attempt, as Temporal hears of it. */
type Outcome =
  | { readonly came: 'result'; readonly value: unknown }
  | { readonly came: 'failure'; readonly error: unknown }
  | { readonly came: 'silence'; readonly last: boolean };

/** Runs activities as Temporal and its workers do: attempt by attempt, each with what the one before has left. */
export class Temporal {
  readonly lives: Life[] = [];
  /** A person has cancelled what is under way. */
  cancelled = false;
  /** What must be done all the same, as in a scope that can't be cancelled. */
  protected = false;
  readonly #services: Services;
  readonly #strikes: { strike: Strike; skip: number }[];
  readonly #struck: (name: string) => void;
  readonly #queue: (on: boolean) => void;

  /** @param queue lets jobs that are submitted from now on wait in the queue, or no longer. */
  constructor(
    services: Services,
    strikes: readonly Strike[],
    told: { struck: (name: string) => void; queue: (on: boolean) => void },
  ) {
    this.#services = services;
    this.#strikes = strikes.map((strike) => ({ strike, skip: strike.skip }));
    this.#struck = told.struck;
    this.#queue = told.queue;
  }

  /** @throws ActivityFailure, CancelledFailure as a workflow gets them */
  async execute({ maximumAttempts }: Retries, activity: string, input: readonly unknown[]): Promise<unknown> {
    if (this.#stopped) throw new CancelledFailure('the scope is cancelled');
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(activity, input, attempt);
      if (outcome.came === 'result') return plain(outcome.value);
      const over = attempt === maximumAttempts || this.#stopped;
      if (outcome.came === 'silence') {
        if (over || outcome.last)
          throw failed(activity, new TimeoutFailure('heartbeat', undefined, TimeoutType.HEARTBEAT));
        continue;
      }
      const failure = asFailure(outcome.error);
      if (failure instanceof CancelledFailure || failure.nonRetryable || over)
        throw failed(activity, failure);
    }
  }

  get #stopped(): boolean {
    return this.cancelled && !this.protected;
  }

  async #attempt(activity: string, input: readonly unknown[], attempt: number): Promise<Outcome> {
    const strike = this.#take(activity);
    const environment = new MockActivityEnvironment({ attempt, activityType: activity }, { logger: LOGGER });
    const reached = (call: string): void => {
      if (strike?.after !== call || life.dead) return;
      this.#struck(`${strike.does} ${activity} after ${call}`);
      if (strike.does === 'kill') life.dead = true;
      else if (!this.protected) this.cancelled = true;
      if (this.#stopped) environment.cancel();
    };
    const life = new Life(activity, input[0], reached);
    this.lives.push(life);
    if (strike?.queued) this.#queue(true);
    reached('start');
    const outcome = life.dead ? null : await this.#run(environment, life, input);
    if (strike?.queued) this.#queue(false);
    reached('end');
    if (!life.dead) return outcome as Outcome;
    return { came: 'silence', last: strike?.last ?? false };
  }

  async #run(environment: MockActivityEnvironment, life: Life, input: readonly unknown[]): Promise<Outcome> {
    const { text, media, archive, assets, intake } = this.#services;
    const lent = {
      text: life.lend(text),
      media: life.lend(media),
      archive: { ...archive, records: life.lend(archive.records), ledger: life.lend(archive.ledger) },
      assets: life.lend(assets),
      intake: life.lend(intake),
    };
    const services: Services = { ...this.#services, ...lent, now };
    const all = { ...createActivities(services), ...createCollect(services, FILES) };
    const work = all[life.activity as keyof typeof all] as ActivityFunction<unknown[], unknown>;
    try {
      return { came: 'result', value: await withoutWaits(() => environment.run(work, ...input)) };
    } catch (error) {
      return { came: 'failure', error };
    }
  }

  #take(activity: string): Strike | null {
    const index = this.#strikes.findIndex(({ strike }) => strike.activity === activity);
    const next = this.#strikes[index];
    if (!next) return null;
    if (next.skip > 0) {
      next.skip -= 1;
      return null;
    }
    this.#strikes.splice(index, 1);
    return next.strike;
  }
}

const plain = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);

const asFailure = (error: unknown): ApplicationFailure | CancelledFailure =>
  error instanceof CancelledFailure ? error : ApplicationFailure.fromError(error);

const failed = (activity: string, cause: Error): ActivityFailure =>
  new ActivityFailure('Activity task failed', activity, '1', RetryState.NON_RETRYABLE_FAILURE, 'test', cause);

/** The worker is dead: what an attempt does after that has not happened. */
class Killed extends Error {
  override name = 'Killed' as const;
}

/** An attempt of an activity, and what the outside world had of it while it lived. */
export class Life {
  dead = false;
  readonly activity: string;
  readonly input: unknown;
  readonly settled = new Set<string>();
  readonly answers: Answer[] = [];
  readonly #reached: (call: string) => void;

  constructor(activity: string, input: unknown, reached: (call: string) => void) {
    this.activity = activity;
    this.input = input;
    this.#reached = reached;
  }

  /** A service that ends with the worker. */
  lend<T extends object>(service: T): T {
    return new Proxy(service, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) =>
          this.#call(String(name), args, () => member.apply(target, args) as Promise<unknown>);
      },
    });
  }

  async #call(name: string, args: readonly unknown[], work: () => Promise<unknown>): Promise<unknown> {
    if (this.dead) throw new Killed();
    const [outcome] = await Promise.allSettled([work()]);
    if (outcome.status === 'fulfilled') this.#note(name, args[0]);
    this.#reached(name);
    if (this.dead) throw new Killed();
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  #note(name: string, input: unknown): void {
    if (name !== 'settle') return;
    for (const { key } of (input as { charges: readonly { key: string }[] }).charges) this.settled.add(key);
  }
}

const attempts = new AsyncLocalStorage<true>();
const waitFor = globalThis.setTimeout;
let skipped = 0;

/** Deadlines, which are no pauses: of an archive, of a file's check and of a silent download; and undici's clock, which counts its own ticks. */
const DEADLINES: readonly number[] = [10_000, 30_000, 35_000, 499];

/** Pauses of activities and of providers' clients: what is shorter is work, what is longer is patience. */
const isPause = (ms: number): boolean => ms >= 100 && ms < 60_000 && !DEADLINES.includes(ms);

/** Runs an attempt in whose course no pause is waited for. */
const withoutWaits = <T>(work: () => Promise<T>): Promise<T> => attempts.run(true, work);

/** The clock by which every pause was waited for. */
const now = (): Date => new Date(Date.now() + skipped);

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
