import fc from 'fast-check';
import { FORMAT_NAMES } from '../../contract/formats/registry.js';
import type { Mix } from '../../contract/mix.js';
import { MOST_TRIES } from '../../workflows/paid/ask.js';

/** Mostly of 1 to 60 posts, some of up to 200; of one format or of all. */
export const mixes: fc.Arbitrary<Mix> = fc
  .record({
    size: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 60 }) },
      { weight: 1, arbitrary: fc.integer({ min: 61, max: 200 }) },
    ),
    share: fc.array(fc.integer({ min: 0, max: 10 }), {
      minLength: FORMAT_NAMES.length,
      maxLength: FORMAT_NAMES.length,
    }),
  })
  .filter(({ share }) => share.some((weight) => weight > 0))
  .map(({ size, share }) => mixOf(size, share));

function mixOf(size: number, share: readonly number[]): Mix {
  const whole = share.reduce((sum, weight) => sum + weight, 0);
  let left = size;
  const counts = share.map((weight) => {
    const count = Math.min(left, Math.ceil((size * weight) / whole));
    left -= count;
    return count;
  });
  return Object.fromEntries(
    FORMAT_NAMES.map((name, at) => [name, counts[at] ?? 0] as const).filter(([, count]) => count > 0),
  );
}

/** How often the model is off the mix at first: in about a third of the runs, once or as often as it is forgiven. */
export const slips = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: MOST_TRIES - 1 }) },
);
