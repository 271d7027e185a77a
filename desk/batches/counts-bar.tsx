import type { PostState } from '../../contract/states.js';
import { toneOf, type Tone } from '../kit/chip.js';

type Counts = Readonly<Partial<Record<PostState, number>>>;

/** A part of a bar, in hundredths of it. */
export interface Segment {
  readonly tone: Tone;
  readonly from: number;
  readonly length: number;
}

/** From what is done to what is over; the rest of the bar is not begun. */
const ORDER: readonly Tone[] = ['good', 'wait', 'work', 'bad', 'over'];

/** How far so many posts are, as the parts of a bar. */
export function segmentsOf(counts: Counts, size: number): Segment[] {
  const whole = Math.max(size, 1);
  let from = 0;
  return ORDER.flatMap((tone) => {
    const count = Object.entries(counts).reduce(
      (sum, [state, n]) => (toneOf(state) === tone ? sum + n : sum),
      0,
    );
    if (count === 0) return [];
    const segment = { tone, from, length: (count / whole) * 100 };
    from += segment.length;
    return [segment];
  });
}

/** How far so many posts are, as a bar; the words beside it say the same. */
export function CountsBar({ counts, size }: { counts: Counts; size: number }) {
  return (
    <svg class="meter" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="meter-rest" width="100" height="1" />
      {segmentsOf(counts, size).map(({ tone, from, length }) => (
        <rect class={`meter-${tone}`} x={from.toFixed(2)} width={length.toFixed(2)} height="1" />
      ))}
    </svg>
  );
}
