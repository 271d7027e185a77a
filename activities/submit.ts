import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Charge } from '../contract/charge.js';
import { STEP_LABEL } from '../contract/states.js';
import type { Spend } from '../contract/spend.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import { asFailure, asRetried, verdictOn } from './failures.js';
import { withHeartbeat } from './heartbeat.js';
import { WORST_LATENCY_SECONDS } from './job.js';
import { estimatedCharge, expectedCost, mediaChargeKey } from './media-charge.js';
import { mediaOrder, type MediaTask } from './media-task.js';
import { holdOn, release, reserve, settle, SUBMIT_LEASE_MS } from './spend.js';

/** What came of one POST. */
export type Submitted =
  | { readonly outcome: 'submitted'; readonly requestId: string }
  /** Nothing was made; it may be sent again. */
  | {
      readonly outcome: 'again';
      readonly afterMs: number | null;
      readonly reason: string;
      readonly type: string;
    }
  /** It may have been accepted: look for it. */
  | { readonly outcome: 'unknown'; readonly reason: string };

export interface AdoptTask {
  readonly task: MediaTask;
  /** When the submit began, ISO 8601. */
  readonly since: string;
  /** From when on the worst latency counts, ISO 8601: the submit had ended by then. Left out by workflows of before 0.2. */
  readonly from?: string;
  readonly spend?: Spend;
  /** The post has ended, and nobody will mend a history that can't be read. */
  readonly last?: boolean;
}

/** The job that was found, or the charge that stands for what may have been paid. */
export type Adopted =
  | { readonly requestId: string; readonly charge: null }
  | { readonly requestId: null; readonly charge: Charge };

const LOOK_EVERY_MS = 3_000;
/** How much earlier than our clock fal's may say the job was sent. */
const CLOCK_SKEW_MS = 60_000;

export const createSubmit = (services: Services) => ({
  /**
   * Sends a job to fal, with exactly one POST and within the budgets; the workflow allows one attempt. The request id goes into
   * history, so that nothing history knows of is ever sent twice.
   *
   * @throws ApplicationFailure where only a person can mend it
   */
  async submit(task: MediaTask, spend?: Spend): Promise<Submitted> {
    const key = mediaChargeKey(task);
    const what = `the ${STEP_LABEL[task.step].toLowerCase()}`;
    const { offline } = services.media;
    try {
      return await withHeartbeat(null, async () => {
        const amount = await expectedCost(services, task);
        const purchase = { key, what, amount, offline, leaseMs: SUBMIT_LEASE_MS };
        await reserve(services, spend, purchase);
        const { requestId } = await services.media.submit(mediaOrder(task));
        await holdOn(services, key);
        return { outcome: 'submitted', requestId };
      });
    } catch (error) {
      if (error instanceof ApplicationFailure && !error.nonRetryable) {
        return {
          outcome: 'again',
          afterMs: null,
          reason: error.message,
          type: error.type ?? 'Activity.Failed',
        };
      }
      if (!(error instanceof ProviderError)) throw error;
      const { action, retryAfterMs, type } = verdictOn(error);
      if (action === 'lost') return { outcome: 'unknown', reason: error.message };
      await release(services, key);
      if (action === 'block') throw asFailure(error);
      return { outcome: 'again', afterMs: retryAfterMs, reason: error.message, type };
    }
  },

  /**
   * Looks for a job whose submit had an unknown outcome, in fal's request history, until it shows up or cannot any more. The
   * search ends by the clock, however many workers are killed meanwhile.
   */
  async adopt({ task, since, from = since, spend, last = false }: AdoptTask): Promise<Adopted> {
    const seconds = services.adoptSeconds ?? WORST_LATENCY_SECONDS[task.step];
    const start = new Date(Date.parse(since) - CLOCK_SKEW_MS).toISOString();
    const until = Date.parse(from) + seconds * 1_000;
    return withHeartbeat(null, async () => {
      for (;;) {
        const found = await services.media.find(mediaOrder(task), start).catch((error: unknown) => {
          if (last && isBlocking(error)) return null;
          return throwAgain(error);
        });
        if (found) {
          await holdOn(services, mediaChargeKey(task));
          return { requestId: found.requestId, charge: null };
        }
        if (services.now().getTime() >= until) {
          const lost = estimatedCharge(services, task, 'lost');
          const [charge = lost] = await settle(services, spend, [lost]);
          return { requestId: null, charge };
        }
        await Context.current().sleep(LOOK_EVERY_MS);
      }
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

const isBlocking = (error: unknown): boolean =>
  error instanceof ProviderError && verdictOn(error).action === 'block';

/** For what costs nothing and may be repeated: a lost answer is only another reason to try again. */
function throwAgain(error: unknown): never {
  if (!(error instanceof ProviderError)) throw error;
  throw error.kind === 'lost' ? asRetried(error) : asFailure(error);
}
