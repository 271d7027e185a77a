import { z } from 'zod';
import { parseDuration } from './duration.js';

/** A duration as a person writes it, in ms. */
export const duration = z
  .union([z.string(), z.number()], 'must be a duration from 1m to 365d, such as 30m, 4h or 3d')
  .transform((value, context) => {
    const ms = parseDuration(String(value));
    if (ms !== null) return ms;
    context.addIssue({
      code: 'custom',
      message: 'must be a duration from 1m to 365d, such as 30m, 4h or 3d',
    });
    return z.NEVER;
  });
