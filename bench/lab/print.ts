import { cpus, loadavg, totalmem } from 'node:os';
import { table } from '../../command/output/table.js';

/** One figure as it was measured. */
export interface Figure {
  /** Its number in the list of figures to reach, `2` or `2b`. */
  readonly figure: string;
  readonly what: string;
  /** With its unit. */
  readonly measured: string;
  /** What it is compared to: the floor, or the bound to reach. */
  readonly floor?: string;
  readonly reach?: string;
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

/** Before we add to it: on a machine that does much else, times say little. */
const load = loadavg()[0]!.toFixed(1);

/** Prints the figures under the machine that they were measured on, as a table or as one JSON document. */
export function printFigures(figures: readonly Figure[], { json }: { json: boolean }): void {
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}, load ${load} before`;
  const whole = figures.map((figure) => ({ floor: '', reach: '', ...figure }));
  const rows = whole.map((one) => [one.figure, one.what, one.measured, one.floor, one.reach]);
  console.log(
    json
      ? JSON.stringify({ machine, at: new Date().toISOString(), figures: whole })
      : `${machine}\n\n${table(['#', 'figure', 'measured', 'floor', 'to reach'], rows)}`,
  );
}

/** Measures one after another. One that fails is told of, and the process ends with 1; what the others took long for is not lost. */
export async function measureAll(
  benches: readonly (readonly [name: string, measure: () => Promise<Figure[]>])[],
): Promise<Figure[]> {
  const figures: Figure[] = [];
  const failed: string[] = [];
  for (const [name, measure] of benches) {
    console.error(`${name}…`);
    const measured = await measure().catch((error: unknown) => {
      console.error(error);
      failed.push(name);
      return [];
    });
    for (const { figure, what, measured: value } of measured) console.error(`  ${figure} ${what}: ${value}`);
    figures.push(...measured);
  }
  if (failed.length > 0) {
    console.error(`not measured: ${failed.join(', ')}; the error stands above`);
    process.exitCode = 1;
  }
  return figures;
}
