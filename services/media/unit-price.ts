import { mediaPrice, type UnitPrice } from '../../contract/money/prices/media-price.js';
import type { MediaService } from './media.js';

/** What one unit of an endpoint costs: fal's own word, else the table's, else null. A failed look-up is not an error. */
export async function findUnitPrice(media: MediaService, endpoint: string): Promise<UnitPrice | null> {
  const told = await media.unitPrice(endpoint).catch(() => null);
  return told ?? mediaPrice(endpoint);
}
