import { toNano, toUsd, dollars } from '../../contract/money/nano.js';
import type { PostStatus } from '../../contract/status.js';

/** The steps that the provider which bills by the call is paid for. */
const BILLED_STEPS = ['hero_image', 'video'];

/**
 * What was billed so far, where it differs from what was counted for the same steps: `billed $0.54, $0.06 less than counted`.
 * Null where it is the same, and where no bill is known.
 */
export function billedWords({ billedUsd, pipeline }: PostStatus): string | null {
  if (billedUsd === undefined) return null;
  const counted = pipeline
    .filter((row) => BILLED_STEPS.includes(row.step))
    .reduce((sum, row) => sum + toNano(row.costUsd), 0);
  const difference = toNano(billedUsd) - counted;
  if (difference === 0) return null;
  const sum = `billed ${billedUsd < 0 ? '-' : ''}${dollars(Math.abs(billedUsd))}`;
  return `${sum}, ${dollars(toUsd(Math.abs(difference)))} ${difference < 0 ? 'less' : 'more'} than counted`;
}
