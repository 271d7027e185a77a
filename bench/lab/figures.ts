/** One figure as it was measured. */
export interface Figure {
  /** Its number in the list of figures to reach, `2` or `2b`. */
  readonly figure: string;
  readonly what: string;
  /** With its unit. */
  readonly measured: string;
  /** What it is compared to: the floor, or the bound to reach. */
  readonly floor: string;
  readonly reach: string;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
};

export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

/** `31 (29–35)`: the median, and the least and the most. */
export function spread(values: readonly number[], digits = 0): string {
  const shown = (value: number): string => value.toFixed(digits);
  if (values.length < 2) return shown(values[0] ?? NaN);
  return `${shown(median(values))} (${shown(Math.min(...values))}–${shown(Math.max(...values))})`;
}

/** What a run came to, `count` times one after another. */
export async function times<T>(count: number, run: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  while (all.length < count) all.push(await run());
  return all;
}
