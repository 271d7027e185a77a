import { z } from 'zod';
import { parseUsd } from '../../contract/money/nano.js';

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export const LONGEST_MS = 365 * 86_400_000;

/** `30m`, `4h` or `3d` in ms; null for what is not a duration from a minute to 365 days. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,6})([mhd])$/.exec(text.trim());
  if (!match) return null;
  const ms = Number(match[1]) * UNIT_MS[match[2]!]!;
  return ms > 0 && ms <= LONGEST_MS ? ms : null;
}

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
