import type { ContentFormat } from '../contract/formats/format.js';
import type { AssetKind } from '../contract/ids.js';
import type { MediaStep } from '../contract/states.js';
import { findUnitPrice } from '../services/media/media.js';
import type { Charge, ChargeOutcome } from '../contract/money/charge.js';
import {
  clipSeconds,
  estimateMedia,
  mediaAmount,
  orderedUnits,
  unitsIn,
} from '../contract/money/prices/media-price.js';
import type { Nano } from '../contract/money/nano.js';
import type { Services } from '../services/services.js';
import type { MediaOrder } from '../contract/media/read-fields.js';

/** One picture or clip to make. */
export interface MediaTask {
  readonly postId: string;
  readonly step: MediaStep;
  readonly endpoint: string;
  readonly prompt: string;
  readonly aspectRatio: ContentFormat['aspectRatio'];
  readonly seed: number;
  /** The hero frame where the provider can read it; null for a picture. */
  readonly imageUrl: string | null;
}

/** What the provider is asked for. The same task is always the same order, so that a lost job can be found by it. */
export const mediaOrder = ({
  step,
  endpoint,
  prompt,
  aspectRatio,
  seed,
  imageUrl,
}: MediaTask): MediaOrder => ({
  kind: step === 'video' ? 'clip' : 'picture',
  endpoint,
  prompt,
  aspectRatio,
  seed,
  imageUrl,
});

export const assetKind = (step: MediaStep): AssetKind => (step === 'video' ? 'video' : 'hero');

/** The key of a task's one charge. Its seed is drawn for it alone. */
export const mediaChargeKey = ({ postId, step, seed }: MediaTask): string => `post/${postId}/${step}/${seed}`;

const kindOf = (step: MediaStep): 'picture' | 'clip' => (step === 'video' ? 'clip' : 'picture');

/**
 * What a task is expected to cost, nano-USD: by fal's own price of today, else by the table, at the seconds that its clip is
 * ordered with. Where neither tells how much of its unit is billed, the dearest of its kind that we know.
 */
export async function expectedCost({ media }: Services, { step, endpoint }: MediaTask): Promise<Nano> {
  const price = await findUnitPrice(media, endpoint);
  const seconds = step === 'video' ? await media.clipSeconds(endpoint) : null;
  const length = seconds ?? clipSeconds(endpoint);
  const units = price && unitsIn(price.unit, step, length);
  if (price && units !== null) return mediaAmount(String(units), price).amount;
  const ordered = step === 'video' ? length : orderedUnits(step, endpoint);
  return estimateMedia(endpoint, kindOf(step), ordered).amount;
}

/** A job's charge: metered where units and price are known, else an estimate of unknown basis, never 0. */
export async function chargeForJob(
  services: Services,
  { task, requestId }: { task: MediaTask; requestId: string },
  { units, outcome }: { units: string | null; outcome: ChargeOutcome },
): Promise<Charge> {
  const price = await findUnitPrice(services.media, task.endpoint);
  if (units === null || price === null)
    return { ...estimatedCharge(services, task, outcome), requestId, quantity: units };
  const { amount, unitPrice } = mediaAmount(units, price);
  return {
    ...estimatedCharge(services, task, outcome),
    quantity: `${units} ${price.unit}`,
    unitPrice,
    amount,
    basis: 'metered',
    requestId,
  };
}

/** The charge of a job of which nothing is known but that it may have been paid. */
export function estimatedCharge(services: Services, task: MediaTask, outcome: ChargeOutcome): Charge {
  const { step, endpoint } = task;
  const { media, now } = services;
  const { amount, unitPrice } = estimateMedia(endpoint, kindOf(step), orderedUnits(step, endpoint));
  return {
    key: mediaChargeKey(task),
    step,
    provider: media.provider,
    model: endpoint,
    quantity: null,
    unitPrice,
    amount,
    basis: 'unknown',
    outcome,
    requestId: null,
    prompt: null,
    offline: media.offline,
    at: now().toISOString(),
  };
}
