/** `npm run bench [-- NAME…] [--quick] [--json]`: the figures that we want to reach, each beside its floor or bound. */
import { cpus, totalmem } from 'node:os';
import { table } from '../client/output/table.js';
import { memory } from './figures/memory.js';
import { throughput } from './figures/throughput.js';
import type { Figure } from './lab/figures.js';

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const names = args.filter((arg) => !arg.startsWith('--'));

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  throughput: () =>
    throughput(quick ? { runs: 3, posts: 100, many: 0 } : { runs: 5, posts: 100, many: 1_000 }),
  memory,
};

const figures: Figure[] = [];
for (const [name, measure] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.error(`${name}…`);
  figures.push(...(await measure()));
}
figures.sort((a, b) => parseFloat(a.figure) - parseFloat(b.figure));
const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
const head = ['#', 'figure', 'measured', 'floor', 'to reach'];
const rows = figures.map(({ figure, what, measured, floor, reach }) => [
  figure,
  what,
  measured,
  floor,
  reach,
]);
console.log(
  args.includes('--json')
    ? JSON.stringify({ machine, at: new Date().toISOString(), figures })
    : `${machine}\n\n${table(head, rows)}`,
);
