import { z } from 'zod';
import { parseUsd } from '../../contract/money/nano.js';

/** An amount in US dollars, read as nano-USD. */
export const usd = z
  .union([z.number(), z.string()], 'must be an amount in US dollars such as 5 or "2.50"')
  .transform((value, context) => {
    const nano = parseUsd(String(value));
    if (nano !== null) return nano;
    context.addIssue({
      code: 'custom',
      message: 'must be an amount in US dollars from 0 to 1000000, with at most nine decimals',
    });
    return z.NEVER;
  });
