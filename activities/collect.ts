import { Context } from '@temporalio/activity';
import type { Charge, ChargeOutcome } from '../contract/charge.js';
import { assetName } from '../contract/ids.js';
import type { StatusError } from '../contract/status.js';
import { AssetRefused, checkClip, checkPicture } from '../services/assets/check.js';
import type { MediaResult } from '../services/media/media.js';
import type { Spend } from '../contract/spend.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import { asFailure, asRetried, verdictOn } from './failures.js';
import { withHeartbeat } from './heartbeat.js';
import {
  isFailedJob,
  JobGone,
  POLL_PACE,
  waitForEnd,
  wasBilled,
  type AcceptedJob,
  type PollPace,
} from './job.js';
import { chargeForJob, estimatedCharge, mediaChargeKey } from './media-charge.js';
import { assetKind, type MediaTask } from './media-task.js';
import { holdOn, release, settle } from './spend.js';

/** A job to wait for, and which file of its kind it will be. */
export interface CollectTask extends AcceptedJob {
  /** Which stored file of its kind this is, from 1. */
  readonly number: number;
  /** Left out by workflows of before 0.2. */
  readonly spend?: Spend;
}

interface Output {
  readonly charges: readonly Charge[];
  readonly asset: string | null;
  readonly error: StatusError | null;
  /** The file was paid for and may still be had: another try fetches it again, and pays nothing. */
  readonly again: boolean;
}

/** What came of a job. A job that failed may have been billed, so its charge comes back too. */
export interface Collected extends Output {
  readonly seconds: number | null;
  readonly at: string;
}

interface Pace {
  readonly poll: PollPace;
  /** How long before each further try to fetch a file, in ms; after the last it is given up. */
  readonly downloads: readonly number[];
}

/** A file is fetched six times within half a minute. */
const PACE: Pace = { poll: POLL_PACE, downloads: [1_000, 2_000, 4_000, 8_000, 15_000] };

export const createCollect = (services: Services, pace = PACE) => ({
  /**
   * Waits for a job, downloads its file, checks that it decodes and stores it. Everything in it may be repeated: it pays
   * nothing. A worker that stops leaves the job to the next one; what a cancelled post does with it is for `stop`.
   *
   * @throws ApplicationFailure to be retried
   */
  async collect(order: CollectTask): Promise<Collected> {
    const { task, requestId } = order;
    return withHeartbeat({ requestId }, async () => {
      try {
        await holdOn(services, mediaChargeKey(task));
        const end = await waitForEnd(services, order, { pace: pace.poll });
        const output = await outputOf(services, order, pace.downloads);
        return { seconds: end?.seconds ?? null, at: services.now().toISOString(), ...output };
      } catch (error) {
        if (error instanceof JobGone) return { ...(await gone(services, order, error)), seconds: null };
        throw error instanceof ProviderError ? retried(error) : error;
      }
    });
  },
});

async function outputOf(services: Services, order: CollectTask, waits: readonly number[]): Promise<Output> {
  const { task, requestId } = order;
  let result: MediaResult;
  try {
    result = await services.media.result(task.endpoint, requestId);
  } catch (error) {
    if (!isFailedJob(error)) throw error;
    const { type } = verdictOn(error);
    // fal says what a failed job costs, which mostly is nothing.
    const billed = wasBilled(error);
    if (!billed) await release(services, mediaChargeKey(task));
    const charges = billed ? await charge(services, order, error.units, 'failed') : [];
    return { asset: null, charges, again: false, error: { type, message: error.message, requestId } };
  }
  if (result.flagged) {
    const message = `fal: ${task.endpoint}: the safety filter blanked the picture`;
    const charges = await charge(services, order, result.units, 'refused');
    return {
      asset: null,
      charges,
      again: false,
      error: { type: 'Provider.ContentPolicy', message, requestId },
    };
  }
  const file = await fetchFile(services, task, result, waits);
  if (file instanceof Error) {
    const message = `${file.message}; it was paid for: resume fetches it again, revise pays for another`;
    const charges = await charge(services, order, result.units, 'failed');
    return { asset: null, charges, again: true, error: { type: 'Asset.Refused', message, requestId } };
  }
  const asset = assetName(task.postId, assetKind(task.step), order.number);
  await services.assets.put(asset, file);
  return { asset, error: null, again: false, charges: await charge(services, order, result.units, 'kept') };
}

/** The file, whole and checked; or why it can't be had. It may not be there yet, so it is fetched again for a while. */
async function fetchFile(
  { media }: Services,
  { step }: MediaTask,
  { files: [file] }: MediaResult,
  waits: readonly number[],
): Promise<Uint8Array | Error> {
  if (!file) return new Error('fal: the result names no file');
  for (let tries = 0; ; tries += 1) {
    try {
      const bytes = await media.download(file.url);
      if (step !== 'video') return (await checkPicture(bytes)).png;
      await checkClip(bytes);
      return bytes;
    } catch (error) {
      if (!(error instanceof ProviderError || error instanceof AssetRefused)) throw error;
      const wait = waits[tries];
      if (wait === undefined) return error;
      await Context.current().sleep(wait);
    }
  }
}

const charge = async (
  services: Services,
  order: CollectTask,
  units: string | null,
  outcome: ChargeOutcome,
): Promise<Charge[]> =>
  settle(services, order.spend, [await chargeForJob(services, order, { units, outcome })]);

async function gone(services: Services, { task, requestId, spend }: CollectTask, { message }: JobGone) {
  const lost = { ...estimatedCharge(services, task, 'lost'), requestId };
  const charges = await settle(services, spend, [lost]);
  const error = { type: 'Provider.JobGone', message: `${message}; resume pays for another`, requestId };
  return { asset: null, charges, again: false, error, at: services.now().toISOString() };
}

const KEY_TROUBLE = ['Provider.Authentication', 'Provider.Forbidden', 'Provider.QuotaUsedUp'];

/** Reading costs nothing, so all but a wrong key is worth another try: a file may not be there yet. */
function retried(error: ProviderError): unknown {
  const { action, type } = verdictOn(error);
  return action === 'block' && KEY_TROUBLE.includes(type) ? asFailure(error) : asRetried(error);
}
