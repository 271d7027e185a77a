import { STEP_LABEL } from '../contract/states.js';
import type { Spend } from '../contract/money/spend.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import type { Attempt } from './attempt.js';
import { throwAgain, turnedAway, verdictOn } from './provider-failures.js';
import { withHeartbeat } from './heartbeat.js';
import { expectedCost, mediaChargeKey, mediaOrder, type MediaTask } from './media-task.js';
import { holdOn, mayBeSent, release, reserveBudget, SUBMIT_LEASE_MS } from './spend.js';

/** What came of one POST: fal has accepted the job, or not, or may have. */
export type Submitted = Attempt<{ readonly requestId: string }>;

export const createSubmit = (services: Services) => ({
  /**
   * Sends a job to fal, with exactly one POST and within the budgets; the workflow allows one attempt. The request id goes into
   * history, so that nothing history knows of is ever sent twice.
   */
  submit(task: MediaTask, spend: Spend): Promise<Submitted> {
    return withHeartbeat(null, () => submitOnce(services, task, spend));
  },

  /** Puts the hero frame where fal can read it. */
  async uploadFrame({ asset }: { asset: string }): Promise<{ url: string }> {
    return withHeartbeat(null, async () => {
      const bytes = await services.assets.read(asset);
      return services.media.upload(bytes, 'image/png', asset).catch(throwAgain);
    });
  },
});

async function submitOnce(services: Services, task: MediaTask, spend: Spend): Promise<Submitted> {
  const key = mediaChargeKey(task);
  const amount = await expectedCost(services, task);
  const refused = await reserveBudget(services, spend, {
    key,
    amount,
    most: amount,
    leaseMs: SUBMIT_LEASE_MS,
    what: `the ${STEP_LABEL[task.step].toLowerCase()}`,
    offline: services.media.offline,
  });
  if (refused) return refused;
  const stopped = mayBeSent(services);
  if (stopped) {
    await release(services, key);
    return stopped;
  }
  try {
    const { requestId } = await services.media.submit(mediaOrder(task));
    await holdOn(services, key);
    return { outcome: 'kept', requestId };
  } catch (error) {
    if (error instanceof ProviderError && verdictOn(error).action !== 'lost') {
      await release(services, key);
      return turnedAway(error);
    }
    // What is no answer of fal's may have reached it all the same.
    return { outcome: 'lost', reason: error instanceof Error ? error.message : String(error) };
  }
}
