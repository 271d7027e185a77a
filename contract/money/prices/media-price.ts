import Big from 'big.js';
import type { Nano } from '../nano.js';
import { DEAREST_CLIP, DEAREST_PICTURE } from './by-hand.js';
import type { MediaPrice } from './price.js';
import { MEDIA_PRICES } from './table.js';
import { exactNano } from './exact.js';

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
