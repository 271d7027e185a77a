import type { Charge } from '../contract/money/charge.js';
import { assetName } from '../contract/ids.js';
import { STEP_LABEL } from '../contract/states.js';
import type { Cancelled } from '../services/media/media.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import { Context } from '@temporalio/activity';
import type { CollectTask } from './collect.js';
import { asFailure } from './provider-failures.js';
import { withHeartbeat } from './heartbeat.js';
import {
  JobGone,
  type AcceptedJob,
  waitForEnd,
  wasBilled,
  WORST_LATENCY_SECONDS,
  readResult,
  RESULT_PACE,
} from './job.js';
import { chargeForJob, estimatedCharge, mediaChargeKey, assetKind } from './media-task.js';
import { release, settle } from './spend.js';

/** What came of stopping a job. */
export interface Stopped {
  readonly charges: readonly Charge[];
  /** For the record, in a sentence. */
  readonly note: string;
}

/** After so many attempts fal is given up: half an hour. */
const MAX_ATTEMPTS = 30;

export const createStop = (services: Services) => ({
  /**
   * Stops a job whose post has ended, as far as fal can: a job that waits in the queue is taken out of it; one that runs may go
   * on and be billed, so its end is waited for and charged. The file of a collect that was cut off is removed.
   *
   * @throws ApplicationFailure to be retried
   */
  async stop(job: Omit<CollectTask, 'once'>): Promise<Stopped> {
    const { task, requestId, number, spend } = job;
    // A file more costs nothing; a job that nobody stops does.
    await services.assets.remove(assetName(task.postId, assetKind(task.step), number)).catch(() => undefined);
    const note = (what: string): string => `${STEP_LABEL[task.step].toLowerCase()}: job ${requestId} ${what}`;
    const settled = async (charge: Charge, what: string): Promise<Stopped> => ({
      charges: await settle(services, spend, [charge]),
      note: note(what),
    });
    const unknown = { ...estimatedCharge(services, task, 'lost'), requestId };
    return withHeartbeat({ requestId }, async () => {
      try {
        const cancelled = await services.media.cancel(task.endpoint, requestId);
        const costs = cancelled === 'removed' ? null : await costsOf(services, job);
        if (costs === 'unknown')
          return await settled(unknown, 'did not end in time; what it cost is not known');
        if (costs) return await settled(costs, `${HOW[cancelled]} and was paid for`);
        await release(services, mediaChargeKey(task));
        return { charges: [], note: note('was stopped and cost nothing') };
      } catch (error) {
        if (error instanceof JobGone)
          return settled(unknown, 'is not known to fal any more; what it cost is not known');
        if (!(error instanceof ProviderError)) throw error;
        if (Context.current().info.attempt < MAX_ATTEMPTS) throw asFailure(error, true);
        return settled(unknown, `could not be stopped; what it cost is not known: ${error.message}`);
      }
    });
  },
});

const HOW: Readonly<Record<Cancelled, string>> = {
  removed: 'was stopped',
  asked: 'was asked to stop, had begun',
  ended: 'had ended',
  unknown: 'could not be stopped',
};

/** A job's charge once it has ended; null for one that costs nothing. */
async function costsOf(services: Services, job: AcceptedJob): Promise<Charge | 'unknown' | null> {
  const until = services.now().getTime() + WORST_LATENCY_SECONDS[job.task.step] * 1_000;
  const end = await waitForEnd(services, job, { until });
  if (!end) return 'unknown';
  const read = await readResult(services, job, end, RESULT_PACE);
  if (read.made === null && !wasBilled(read.error)) return null;
  const { units } = read.made ?? read.error;
  return chargeForJob(services, job, { units, outcome: 'cancelled' });
}
