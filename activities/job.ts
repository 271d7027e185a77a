import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import type { MediaTask } from './media-task.js';
import { pauseOrLeave } from './pause.js';
import { nextLook } from './poll-pace.js';

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

export interface JobEnd {
  /** fal's words when the job ended with an error; null when it may have a result. */
  readonly failed: string | null;
  /** The runner's own time in seconds, where fal tells. */
  readonly seconds: number | null;
}

export interface WaitOptions {
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
