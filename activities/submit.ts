import { STEP_LABEL } from '../contract/states.js';
import type { Spend } from '../contract/money/spend.js';
import type { Services } from '../services/services.js';
import type { Attempt } from './attempt.js';
import { throwAgain } from './provider-failures.js';
import { withHeartbeat } from './heartbeat.js';
import { type MediaTask, expectedCost, mediaChargeKey, mediaOrder } from './media-task.js';
import { reportIfSlow, reportNow, type StepReport } from './tell-batch.js';
import { SUBMIT_LEASE_MS, holdOn, payOnce } from './spend.js';

/** What came of one POST: fal has accepted the job, or not, or may have. */
export type Submitted = Attempt<{ readonly requestId: string }>;

export const createSubmit = (services: Services) => ({
  /**
   * Sends a job to fal, with exactly one POST and within the budgets; the workflow allows one attempt. The request id goes into
   * history, so that nothing history knows of is ever sent twice.
   *
   * @param step what its batch hears if it takes longer, or is not taken
   */
  submit(task: MediaTask, spend: Spend, step?: StepReport): Promise<Submitted> {
    return withHeartbeat(null, async () => {
      const sent = await reportIfSlow(step, () => submitOnce(services, task, spend));
      if (step && sent.outcome !== 'kept') await reportNow(step);
      return sent;
    });
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
  const purchase = {
    key,
    what: `the ${STEP_LABEL[task.step].toLowerCase()}`,
    amount,
    most: amount,
    offline: services.media.offline,
    leaseMs: SUBMIT_LEASE_MS,
  };
  const sent = await payOnce(services, spend, purchase, () => services.media.submit(mediaOrder(task)));
  if (sent.outcome !== 'answered') return sent;
  await holdOn(services, key);
  return { outcome: 'kept', requestId: sent.answer.requestId };
}
