import Big from 'big.js';
import type { Nano } from '../nano.js';
import { MEDIA_PRICES, exactNano, type MediaPrice } from './table.js';
import type { MediaStep } from '../../states.js';
import { DEAREST_CLIP, DEAREST_PICTURE } from './by-hand.js';

export interface UnitPrice {
  /** US dollars, as a decimal. */
  readonly usd: string;
  /** `image`, `megapixel`, `second`, … */
  readonly unit: string;
}

export interface PricedMedia {
  readonly amount: Nano;
  readonly unitPrice: string;
}

export type MediaKind = 'picture' | 'clip';

/** What so many units cost, computed exactly and rounded once, half up. `units` is a decimal, as fal meters it. */
export const mediaAmount = (units: string, price: UnitPrice): PricedMedia => ({
  amount: exactNano(Big(units).times(price.usd)),
  unitPrice: unitPriceWords(price),
});

/** `0.06 USD per image`. */
export const unitPriceWords = ({ usd, unit }: UnitPrice): string => `${usd} USD per ${unit}`;

/** The price of an endpoint; null where the table lacks it. */
export const mediaPrice = (endpoint: string): MediaPrice | null =>
  Object.hasOwn(MEDIA_PRICES, endpoint) ? MEDIA_PRICES[endpoint]! : null;

/** What an estimate takes: the endpoint's price, or the dearest that we know of its kind. */
export const estimatedMediaPrice = (endpoint: string, kind: MediaKind): MediaPrice =>
  mediaPrice(endpoint) ?? (kind === 'clip' ? DEAREST_CLIP : DEAREST_PICTURE);

/** An estimate for a job whose price or metered units are not known. `units` is what we asked for. */
export const estimateMedia = (endpoint: string, kind: MediaKind, units: number): PricedMedia =>
  mediaAmount(String(units), estimatedMediaPrice(endpoint, kind));

/** The clip's length in seconds that we ask for, by endpoint. */
export const CLIP_SECONDS: Readonly<Record<string, number>> = {
  'fal-ai/kling-video/v3/pro/image-to-video': 5,
  'fal-ai/kling-video/v3/standard/image-to-video': 5,
  'fal-ai/kling-video/v2.5-turbo/pro/image-to-video': 5,
  'fal-ai/ltx-2.3/image-to-video': 6,
};
const USUAL_CLIP_SECONDS = 5;

export const clipSeconds = (endpoint: string): number =>
  Object.hasOwn(CLIP_SECONDS, endpoint) ? CLIP_SECONDS[endpoint]! : USUAL_CLIP_SECONDS;

export interface PictureSize {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** What fal makes of `landscape_16_9`, and upright of `portrait_16_9`: the sizes ordered of what is billed by megapixel. */
export const ORDERED_SIZE: PictureSize = { width: 1024, height: 576 };

/** As LiteLLM takes fal's megapixel: 1024 by 1024 pixels are one, not two. */
const PIXELS_PER_MEGAPIXEL = 1024 * 1024;

/** The megapixels that one picture is billed: each is rounded up to a whole one. */
export const billedMegapixels = ({ width, height }: PictureSize): number =>
  Math.ceil((width * height) / PIXELS_PER_MEGAPIXEL);

/** Units of one job: seconds of a clip, one picture, or the whole megapixels of one. */
export function orderedUnits(step: MediaStep, endpoint: string): number {
  if (step === 'video') return clipSeconds(endpoint);
  return mediaPrice(endpoint)?.unit === 'megapixel' ? billedMegapixels(ORDERED_SIZE) : 1;
}

/**
 * Units of one job in a unit that the provider names itself, as `second`, `images` or `video`. Null where they are not known
 * before the job has run, as those of `compute second`.
 *
 * @param seconds that a clip is ordered with
 */
export function unitsIn(unit: string, step: MediaStep, seconds: number): number | null {
  const isClip = step === 'video';
  switch (unit.trim().toLowerCase().replace(/s$/, '')) {
    case 'second':
      return isClip ? seconds : null;
    case 'video':
      return isClip ? 1 : null;
    case 'image':
      return isClip ? null : 1;
    case 'megapixel':
      return isClip ? null : billedMegapixels(ORDERED_SIZE);
    default:
      return null;
  }
}
