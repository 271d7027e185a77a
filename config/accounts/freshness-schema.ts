import { z } from 'zod';
import type { Freshness } from '../../contract/account.js';
import { duration } from './duration-schema.js';

/** The key `freshness` of an account file. */
export const freshnessFile = z
  .strictObject({
    similarity: z.number().min(0.05).max(1).default(0.5),
    lookBack: duration.prefault('90d'),
  })
  .prefault({});

export const toFreshness = ({ similarity, lookBack }: z.output<typeof freshnessFile>): Freshness => ({
  similarity,
  lookBackMs: lookBack,
});
