import { Context } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import type { Charge, ChargeOutcome } from '../contract/charge.js';
import { assetName } from '../contract/ids.js';
import type { StatusError } from '../contract/status.js';
import { checkClip, checkPicture } from '../services/assets/check.js';
import { estimateMedia, findUnitPrice, mediaAmount } from '../services/prices/media-price.js';
import type { MediaResult } from '../services/media/media.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import { asFailure, verdictOn } from './failures.js';
import { withHeartbeat } from './heartbeat.js';
import { askedUnits, assetKind, type MediaTask } from './media-task.js';

/** A job to wait for, and which file of its kind it will be. */
export interface CollectTask {
  readonly task: MediaTask;
  readonly requestId: string;
  /** Which stored file of its kind this is, from 1. */
  readonly number: number;
}

/** What came of a job. A job that failed may have been billed, so its charge comes back too. */
export type Collected = {
  readonly charges: readonly Charge[];
  readonly seconds: number | null;
  readonly at: string;
} & (
  { readonly asset: string; readonly error: null } | { readonly asset: null; readonly error: StatusError }
);

const POLL_MS = 500;
const SLOWEST_POLL_MS = 2_000;
/**
 * What the result of a job that failed answers with (fal's docs, "Errors": model errors are 422, some 400; 499 is a cancelled
 * job). Anything else says nothing of the job: it was paid for, and is collected once the key or the address is mended.
 */
const JOB_FAILED: readonly number[] = [400, 422, 499];
/** How often a finished job's file is fetched before it is given up; half a minute in all. */
const MAX_DOWNLOADS = 6;

export const createCollect = (services: Services) => ({
  /**
   * Waits for a job, downloads its file, checks that it decodes and stores it. Everything in it may be repeated: it pays
   * nothing. When it is cancelled it asks fal to stop the job.
   *
   * @throws ApplicationFailure to be retried
   */
  async collect(order: CollectTask): Promise<Collected> {
    const { task, requestId } = order;
    const { media } = services;
    return withHeartbeat({ requestId }, async () => {
      try {
        const seconds = await ended(services, order);
        return { seconds, at: services.now().toISOString(), ...(await outputOf(services, order)) };
      } catch (error) {
        if (error instanceof CancelledFailure)
          await media.cancel(task.endpoint, requestId).catch(() => undefined);
        throw error instanceof ProviderError ? retried(error) : error;
      }
    });
  },
});

/** Waits until the job has ended, well or not. Answers the runner's own time in seconds, where fal tells. */
async function ended({ media }: Services, { task, requestId }: CollectTask): Promise<number | null> {
  for (let wait = POLL_MS; ; wait = Math.min(wait * 1.2, SLOWEST_POLL_MS)) {
    const { state, seconds } = await media.state(task.endpoint, requestId);
    if (state === 'completed') return seconds;
    await Context.current().sleep(wait);
  }
}

async function outputOf(
  services: Services,
  order: CollectTask,
): Promise<{ charges: Charge[] } & ({ asset: string; error: null } | { asset: null; error: StatusError })> {
  const { task, requestId } = order;
  let result: MediaResult;
  try {
    result = await services.media.result(task.endpoint, requestId);
  } catch (error) {
    if (!(error instanceof ProviderError) || !JOB_FAILED.includes(error.status ?? 0)) throw error;
    const { type } = verdictOn(error);
    const charges =
      Number(error.units ?? 0) > 0 ? [await chargeFor(services, order, error.units, 'failed')] : [];
    return { asset: null, charges, error: { type, message: error.message, requestId } };
  }
  if (result.flagged) {
    const message = `fal: ${task.endpoint}: the safety filter blanked the picture`;
    const charges = [await chargeFor(services, order, result.units, 'refused')];
    return { asset: null, charges, error: { type: 'Provider.ContentPolicy', message, requestId } };
  }
  try {
    const asset = await store(services, order, result);
    return { asset, error: null, charges: [await chargeFor(services, order, result.units, 'kept')] };
  } catch (error) {
    // The file may not be there yet. One that never comes was paid for all the same.
    if (error instanceof CancelledFailure || Context.current().info.attempt < MAX_DOWNLOADS) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const charges = [await chargeFor(services, order, result.units, 'failed')];
    return { asset: null, charges, error: { type: 'Asset.Refused', message, requestId } };
  }
}

async function store(
  { media, assets }: Services,
  { task, number }: CollectTask,
  result: MediaResult,
): Promise<string> {
  const [file] = result.files;
  if (!file)
    throw new ProviderError('fal: the result names no file', {
      provider: 'fal',
      kind: 'answered',
      status: 500,
    });
  const bytes = await media.download(file.url);
  const name = assetName(task.postId, assetKind(task.step), number);
  if (task.step === 'video') await checkClip(bytes);
  await assets.put(name, task.step === 'video' ? bytes : (await checkPicture(bytes)).png);
  return name;
}

async function chargeFor(
  services: Services,
  { task, requestId }: CollectTask,
  units: string | null,
  outcome: ChargeOutcome,
): Promise<Charge> {
  const { media } = services;
  const price = await findUnitPrice(media, task.endpoint);
  const known = units !== null && price !== null;
  const asked = askedUnits(task);
  const kind = task.step === 'video' ? 'clip' : 'picture';
  const { amount, unitPrice } = known ? mediaAmount(units, price) : estimateMedia(task.endpoint, kind, asked);
  return {
    key: `post/${task.postId}/${task.step}/${requestId}`,
    step: task.step,
    provider: media.provider,
    model: task.endpoint,
    quantity: units === null ? null : `${units}${price ? ` ${price.unit}` : ''}`,
    unitPrice,
    amount,
    basis: known ? 'metered' : 'unknown',
    outcome,
    requestId,
    prompt: null,
    offline: media.offline,
    at: services.now().toISOString(),
  };
}

/** Reading costs nothing, so all but a wrong key is worth another try: a file may not be there yet. */
function retried(error: ProviderError): unknown {
  const { action, type } = verdictOn(error);
  return action === 'block' && (type === 'Provider.Authentication' || type === 'Provider.Forbidden')
    ? asFailure(error)
    : error;
}
