import { cpus, loadavg, totalmem } from 'node:os';
import { table } from '../../command/output/table.js';
import type { Figure } from './figures.js';

/** Before we add to it: on a machine that does much else, times say little. */
const load = loadavg()[0]!.toFixed(1);

/** Prints the figures under the machine that they were measured on, as a table or as one JSON document. */
export function printFigures(figures: readonly Figure[], { json }: { json: boolean }): void {
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}, load ${load} before`;
  const rows = figures.map(({ figure, what, measured, floor, reach }) => [
    figure,
    what,
    measured,
    floor,
    reach,
  ]);
  console.log(
    json
      ? JSON.stringify({ machine, at: new Date().toISOString(), figures })
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
