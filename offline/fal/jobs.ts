import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { JsonLog } from '../ledger.js';

export type FalInput = Readonly<Record<string, unknown>>;

/** A job as it was accepted. */
export interface Job {
  readonly id: string;
  readonly endpoint: string;
  readonly input: FalInput;
  /** ms since 1970. */
  readonly acceptedAt: number;
  /** ms from acceptance to the end: first in the queue, then at a runner. */
  readonly latencyMs: number;
  /** Billing units. */
  readonly units: number;
  /** The model error it ends with; null for one that succeeds. */
  readonly failure: string | null;
  /** It failed and was billed all the same. */
  readonly failedBilled?: boolean;
  /** It broke at its runner: HTTP status of its result. Left out for one whose model refused the input, which is 422. */
  readonly failedStatus?: number;
  /** Percent off the list price; none in jobs of an older folder. */
  readonly discount?: number;
  /** Nano-USD that were billed for it afterwards, or given back where negative, oldest first. */
  readonly corrections?: readonly Correction[];
}

export interface Correction {
  /** ms since 1970. */
  readonly at: number;
  /** Nano-USD. */
  readonly amount: number;
}

/** How a job ends that makes nothing. */
export interface JobFailure {
  readonly failure: string;
  readonly billed?: boolean;
  readonly status?: number;
}

export type JobState = 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED';

type Event =
  | { readonly type: 'accepted'; readonly job: Job }
  | ({ readonly type: 'failed'; readonly id: string } & JobFailure)
  | { readonly type: 'corrected'; readonly id: string; readonly correction: Correction }
  | { readonly type: 'cancelled'; readonly id: string };

const QUEUED_SHARE = 0.2;

/**
 * The queue. What state a job is in follows from when it was accepted and the clock, so there is no timer to lose: a job
 * accepted before a kill is there after it, and ends when it would have.
 */
export class Jobs {
  readonly #log: JsonLog<Event>;
  readonly #jobs = new Map<string, Job>();

  constructor(folder: string) {
    this.#log = new JsonLog(join(folder, 'jobs.jsonl'));
    for (const event of this.#log.read()) this.#apply(event);
  }

  accept(facts: Omit<Job, 'id' | 'acceptedAt'>): Job {
    const job: Job = { id: randomUUID(), acceptedAt: Date.now(), ...facts };
    this.#record({ type: 'accepted', job });
    return job;
  }

  /** Ms until a job that is accepted now finds a runner free. */
  waitFor(runners: number): number {
    if (runners >= this.#jobs.size) return 0;
    const ends = [...this.#jobs.values()].map(endOf).sort((a, b) => b - a);
    return Math.max(0, (ends[runners - 1] ?? 0) - Date.now());
  }

  /** Makes a job end without output. */
  fail(id: string, failure: JobFailure): void {
    this.#record({ type: 'failed', id, ...failure });
  }

  /** Changes what a job was billed. */
  correct(id: string, amount: number): void {
    this.#record({ type: 'corrected', id, correction: { at: Date.now(), amount } });
  }

  /** Takes a job that no runner has begun out of the queue, as if it had never been. */
  remove(id: string): void {
    this.#record({ type: 'cancelled', id });
  }

  get(id: string): Job | null {
    return this.#jobs.get(id) ?? null;
  }

  /** Ended jobs, the newest end first. */
  ended(): Job[] {
    // Of two that end in the same millisecond, the later accepted comes first: sorting is stable.
    return [...this.#jobs.values()]
      .reverse()
      .filter((job) => stateOf(job) === 'COMPLETED')
      .sort((a, b) => endOf(b) - endOf(a));
  }

  #record(event: Event): void {
    this.#log.append(event);
    this.#apply(event);
  }

  #apply(event: Event): void {
    if (event.type === 'accepted') this.#jobs.set(event.job.id, event.job);
    if (event.type === 'cancelled') this.#jobs.delete(event.id);
    if (event.type === 'failed')
      this.#change(event.id, {
        failure: event.failure,
        failedBilled: event.billed ?? false,
        failedStatus: event.status,
      });
    if (event.type === 'corrected') {
      const corrections = [...(this.#jobs.get(event.id)?.corrections ?? []), event.correction];
      this.#change(event.id, { corrections });
    }
  }

  #change(id: string, change: Partial<Job>): void {
    const job = this.#jobs.get(id);
    if (job) this.#jobs.set(id, { ...job, ...change });
  }
}

/** Whether it is billed, as far as is decided yet. */
export const isBilled = (job: Job): boolean => job.failure === null || job.failedBilled === true;

export function stateOf(job: Job): JobState {
  const now = Date.now();
  if (now >= endOf(job)) return 'COMPLETED';
  return now >= startOf(job) ? 'IN_PROGRESS' : 'IN_QUEUE';
}

/** When a runner takes the job, ms since 1970. */
export const startOf = (job: Job): number => job.acceptedAt + job.latencyMs * QUEUED_SHARE;

/** When the job ends, ms since 1970. */
export const endOf = (job: Job): number => job.acceptedAt + job.latencyMs;

/** Runner time in seconds, without the queue. */
export const inferenceSeconds = (job: Job): number => Math.round(endOf(job) - startOf(job)) / 1_000;

/** What a fault's `match` is held against. */
export const nameJob = (job: Job): string => `${job.endpoint} ${job.id} ${JSON.stringify(job.input)}`;
