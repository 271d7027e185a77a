import type { Services } from '../services/services.js';
import type { MediaResult } from '../services/media/media.js';
import { ProviderError } from '../services/provider-error.js';
import { isFailedJob, type AcceptedJob, type JobEnd } from './job.js';
import { pauseOrLeave } from './pause.js';

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
