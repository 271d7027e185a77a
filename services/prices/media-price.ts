import Big from 'big.js';
import type { Nano } from '../../contract/money.js';
import type { MediaService, UnitPrice } from '../media/media.js';
import { DEAREST_CLIP, DEAREST_PICTURE, MEDIA_PRICES } from './table.js';
import { toNano } from './to-nano.js';

export interface PricedMedia {
  readonly amount: Nano;
  readonly unitPrice: string;
}

export const mediaAmount = (units: string, price: UnitPrice): PricedMedia => ({
  amount: toNano(Big(units).times(price.usd)),
  unitPrice: `${price.usd} USD per ${price.unit}`,
});

/** What one unit of an endpoint costs: fal's own word, else the table's, else null. A failed look-up is not an error. */
export async function findUnitPrice(media: MediaService, endpoint: string): Promise<UnitPrice | null> {
  const told = await media.unitPrice(endpoint).catch(() => null);
  return told ?? MEDIA_PRICES[endpoint] ?? null;
}

/** An estimate for a job whose price or metered units are not known. `units` is what we asked for. */
export function estimateMedia(endpoint: string, kind: 'picture' | 'clip', units: number): PricedMedia {
  const price = MEDIA_PRICES[endpoint] ?? (kind === 'clip' ? DEAREST_CLIP : DEAREST_PICTURE);
  return mediaAmount(String(units), price);
}
