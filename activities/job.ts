import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import type { MediaTask } from './media-task.js';
import { pauseOrLeave } from './heartbeat.js';
import type { MediaResult } from '../services/media/media.js';

/** A job that fal has accepted. */
export interface AcceptedJob {
  readonly task: MediaTask;
  readonly requestId: string;
}

/** How often in a row fal may say that it does not know a job, which it does for a moment after a submit: a minute. */
const MAX_UNKNOWN = 30;

/**
 * What the result of a job that failed answers with (fal's docs, "Errors": model errors are 422, some 400; 499 is a cancelled
 * job). Anything else says nothing of the job: it was paid for, and is collected once the key or the address is mended.
 */
const JOB_FAILED: readonly number[] = [400, 422, 499];

export const isFailedJob = (error: unknown): error is ProviderError =>
  error instanceof ProviderError && JOB_FAILED.includes(error.status ?? 0);

/** A job that failed was billed all the same: fal says so, and mostly it was not. */
export const wasBilled = ({ units }: ProviderError): boolean => Number(units ?? 0) > 0;

/** The models' worst latency in seconds: how long a job that nobody hears of may still be at work. */
export const WORST_LATENCY_SECONDS = { hero_image: 180, video: 600 };

/** fal no longer knows the job: what it made can't be had any more. */
export class JobGone extends Error {
  override name = 'JobGone' as const;
}

interface JobEnd {
  /** fal's words when the job ended with an error; null when it may have a result. */
  readonly failed: string | null;
  /** The runner's own time in seconds, where fal tells. */
  readonly seconds: number | null;
}

interface WaitOptions {
  readonly until?: number | null;
  readonly usual?: number | null;
  readonly pace?: typeof nextLook;
}

/**
 * Waits until a job has ended, well or not.
 *
 * @param until ms since 1970, from when on it is waited for no longer; null for as long as it takes.
 * @param usual what the model usually takes in ms, where that is known: about then it is looked at often.
 * @returns null when it has not ended by then
 * @throws JobGone, ProviderError; ApplicationFailure to be retried when the worker stops
 */
export async function waitForEnd(
  services: Services,
  { task, requestId }: AcceptedJob,
  { until = null, usual = null, pace = nextLook }: WaitOptions = {},
): Promise<JobEnd | null> {
  const { media, now } = services;
  const began = now().getTime();
  let unknown = 0;
  for (;;) {
    try {
      const { state, seconds, failed } = await media.state(task.endpoint, requestId);
      if (state === 'completed') return { seconds, failed };
      unknown = 0;
    } catch (error) {
      if (!(error instanceof ProviderError && error.status === 404)) throw error;
      unknown += 1;
      if (unknown > MAX_UNKNOWN) throw new JobGone(`fal no longer knows job ${requestId}`);
    }
    if (until !== null && now().getTime() >= until) return null;
    await pauseOrLeave(services, pace(now().getTime() - began, usual));
  }
}

/** What a job that has ended has to show for itself. */
export type JobResult =
  | { readonly made: MediaResult }
  /** It made nothing. `error` is what its result answered with. */
  | { readonly made: null; readonly error: ProviderError; readonly words: string };

/** How long the result of a job that seems to have failed is asked for, in ms, and how long between two tries. */
export interface ResultPace {
  readonly patience: number;
  readonly pause: number;
}

export const RESULT_PACE: ResultPace = { patience: 60_000, pause: 5_000 };

/**
 * Reads the result of a job that has ended. One that answers 5xx though the job says that it failed is asked for a minute, since
 * an answer may be on its way; after that the job is taken at its word.
 *
 * @throws ProviderError where the trouble is the way to the result, which says nothing of the job
 */
export async function readResult(
  services: Services,
  { task, requestId }: AcceptedJob,
  { failed }: Pick<JobEnd, 'failed'>,
  { patience, pause }: ResultPace,
): Promise<JobResult> {
  const until = services.now().getTime() + patience;
  for (;;) {
    try {
      return { made: await services.media.result(task.endpoint, requestId) };
    } catch (error) {
      if (isFailedJob(error)) return { made: null, error, words: error.message };
      if (!(error instanceof ProviderError && isOfJob(error, failed))) throw error;
      const words = failed === null ? error.message : `fal: the job failed: ${failed}`;
      if (services.now().getTime() >= until) return { made: null, error, words };
    }
    await pauseOrLeave(services, pause);
  }
}

/**
 * Whether a result's 5xx speaks of the job: the job itself says that it failed, or fal names a reason. A 5xx by itself speaks of
 * the way there: the job may have been made and billed.
 */
const isOfJob = ({ status, code }: ProviderError, failed: string | null): boolean =>
  (status ?? 0) >= 500 && (failed !== null || code !== null);

/** How long to wait before the next look at a job, in ms: seldom while it can't have ended, often about when it usually does. */
export function nextLook(waited: number, usual: number | null): number {
  if (usual === null) return clamp(waited / 40, 250, 1_000);
  if (waited < EARLY * usual) return clamp(EARLY * usual - waited, 100, 5_000);
  if (waited < LATE * usual) return clamp(usual / 100, 100, 500);
  return clamp(waited / 10, 250, 2_000);
}

/** A job that ends earlier than this share of the usual time is noticed late, one that ends later than that is asked for seldom. */
const [EARLY, LATE] = [0.9, 1.5];

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** How many of a model's newest jobs its usual time is taken from. */
const NEWEST = 9;

/** What each model usually takes, as this process has seen it. */
export class UsualTimes {
  readonly #seen = new Map<string, number[]>();

  /** The job of a model took so long, in ms. */
  note(endpoint: string, ms: number): void {
    this.#seen.set(endpoint, [...(this.#seen.get(endpoint) ?? []), ms].slice(-NEWEST));
  }

  /** The median in ms; null while none has been seen. */
  of(endpoint: string): number | null {
    const seen = this.#seen.get(endpoint)?.toSorted((a, b) => a - b);
    return seen?.[seen.length >> 1] ?? null;
  }
}
