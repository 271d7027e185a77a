import type { Charge } from '../contract/money/charge.js';
import type { Spend } from '../contract/money/spend.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import { throwAgain, verdictOn } from './provider-failures.js';
import { withHeartbeat, pauseOrLeave } from './heartbeat.js';
import { WORST_LATENCY_SECONDS } from './job.js';
import { estimatedCharge, mediaChargeKey, mediaOrder, type MediaTask } from './media-task.js';
import { holdOn, settle } from './spend.js';
import { reportIfSlow, type StepReport } from './tell-batch.js';

export interface AdoptTask {
  readonly task: MediaTask;
  /** When the submit began, ISO 8601. */
  readonly since: string;
  /** From when on the worst latency counts, ISO 8601: the submit had ended by then. */
  readonly from: string;
  readonly spend: Spend;
  /** Looks once, in place of for the worst latency. */
  readonly once: boolean;
  /** The post has ended, and nobody will mend a history that can't be read. */
  readonly last: boolean;
  /** What its batch hears if it takes longer. */
  readonly step?: StepReport;
}

/** The job that was found, or the charge that stands for what may have been paid. */
export type Adopted =
  | { readonly requestId: string; readonly charge: null }
  /** `until` is when it was last looked for, ISO 8601. */
  | { readonly requestId: null; readonly charge: Charge; readonly until: string };

const LOOK_EVERY_MS = 3_000;
/** How much earlier than our clock fal's may say the job was sent. */
const CLOCK_SKEW_MS = 60_000;

export const createAdopt = (services: Services) => ({
  /**
   * Looks for a job whose submit had an unknown outcome, in fal's request history, until it shows up or the model's worst latency
   * is over. The search ends by the clock, however many workers are killed meanwhile.
   *
   * @throws ApplicationFailure to be retried; a key that may not read the history is for a person
   */
  adopt(order: AdoptTask): Promise<Adopted> {
    const { task, since, from, spend, once, last } = order;
    const seconds = services.adoptSeconds ?? WORST_LATENCY_SECONDS[task.step];
    const start = new Date(Date.parse(since) - CLOCK_SKEW_MS).toISOString();
    const until = once ? 0 : Date.parse(from) + seconds * 1_000;
    const look = async (): Promise<Adopted> => {
      for (;;) {
        const found = await services.media.find(mediaOrder(task), start).catch((error: unknown) => {
          if (last && isBlocking(error)) return null;
          return throwAgain(error);
        });
        if (found) {
          await holdOn(services, mediaChargeKey(task));
          return { requestId: found.requestId, charge: null };
        }
        const now = services.now();
        if (now.getTime() >= until) {
          const lost = estimatedCharge(services, task, 'lost');
          const [charge = lost] = await settle(services, spend, [lost]);
          return { requestId: null, charge, until: now.toISOString() };
        }
        await pauseOrLeave(services, LOOK_EVERY_MS);
      }
    };
    return withHeartbeat(null, () => reportIfSlow(order.step, look));
  },
});

const isBlocking = (error: unknown): boolean =>
  error instanceof ProviderError && verdictOn(error).action === 'block';
