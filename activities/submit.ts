import { Context } from '@temporalio/activity';
import type { Charge } from '../contract/charge.js';
import { estimateMedia } from '../services/prices/media-price.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import { asFailure, verdictOn } from './failures.js';
import { withHeartbeat } from './heartbeat.js';
import { askedUnits, mediaJob, type MediaTask } from './media-task.js';

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
}

/** The job that was found, or the charge that stands for what may have been paid. */
export type Adopted =
  | { readonly requestId: string; readonly charge: null }
  | { readonly requestId: null; readonly charge: Charge };

const LOOK_EVERY_MS = 3_000;
/** The models' worst latency; the history may list a job only once it has ended. */
const ADOPT_SECONDS = { hero_image: 180, video: 600 };
/** How much earlier than our clock fal's may say the job was sent. */
const CLOCK_SKEW_MS = 60_000;

export const createSubmit = (services: Services) => ({
  /**
   * Sends a job to fal, with exactly one POST; the workflow allows one attempt. The request id goes into history, so that
   * nothing history knows of is ever sent twice.
   *
   * @throws ApplicationFailure where only a person can mend it
   */
  async submit(task: MediaTask): Promise<Submitted> {
    try {
      const { requestId } = await withHeartbeat(null, () => services.media.submit(mediaJob(task)));
      return { outcome: 'submitted', requestId };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const { action, retryAfterMs, type } = verdictOn(error);
      if (action === 'block') throw asFailure(error);
      if (action === 'lost') return { outcome: 'unknown', reason: error.message };
      return { outcome: 'again', afterMs: retryAfterMs, reason: error.message, type };
    }
  },

  /** Looks for a job whose submit had an unknown outcome, in fal's request history, until it shows up or cannot any more. */
  async adopt({ task, since }: AdoptTask): Promise<Adopted> {
    const seconds = services.adoptSeconds ?? ADOPT_SECONDS[task.step];
    const start = new Date(Date.parse(since) - CLOCK_SKEW_MS).toISOString();
    const until = services.now().getTime() + seconds * 1_000;
    return withHeartbeat(null, async () => {
      for (;;) {
        const found = await services.media.find(mediaJob(task), start).catch(throwAgain);
        if (found) return { requestId: found.requestId, charge: null };
        if (services.now().getTime() >= until) return { requestId: null, charge: lostCharge(services, task) };
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

/** For what costs nothing and may be repeated: a lost answer is only another reason to try again. */
function throwAgain(error: unknown): never {
  throw error instanceof ProviderError && error.kind !== 'lost' ? asFailure(error) : error;
}

function lostCharge(services: Services, task: MediaTask): Charge {
  const kind = task.step === 'video' ? 'clip' : 'picture';
  const { amount, unitPrice } = estimateMedia(task.endpoint, kind, askedUnits(task));
  return {
    key: `post/${task.postId}/${task.step}/lost/${task.seed}`,
    step: task.step,
    provider: services.media.provider,
    model: task.endpoint,
    quantity: null,
    unitPrice,
    amount,
    basis: 'unknown',
    outcome: 'lost',
    requestId: null,
    prompt: null,
    offline: services.media.offline,
    at: services.now().toISOString(),
  };
}
