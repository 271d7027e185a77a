/** `npm run bench [-- NAME…] [--quick] [--json]`: the figures that we want to reach, each beside its floor or bound. */
import { cpus, totalmem } from 'node:os';
import { table } from '../command/output/table.js';
import { history } from './figures/history.js';
import { install } from './figures/install.js';
import { concurrency, latency } from './figures/latency.js';
import { longWait } from './figures/long-wait.js';
import { memory } from './figures/memory.js';
import { firstStart, secondStart, worker } from './figures/starts.js';
import { tests } from './figures/tests.js';
import { throughput } from './figures/throughput.js';
import { waiting } from './figures/waiting.js';
import type { Figure } from './lab/figures.js';

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const names = args.filter((arg) => !arg.startsWith('--'));

/** In the order in which they run; what is heavy comes last. */
const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  throughput: () =>
    throughput(quick ? { runs: 3, posts: 100, many: 0 } : { runs: 5, posts: 100, many: 1_000 }),
  latency: () => latency({ runs: quick ? 1 : 3 }),
  concurrency: () => concurrency({ runs: quick ? 1 : 3 }),
  history,
  worker: () => worker({ runs: quick ? 3 : 11 }),
  'second-start': () => secondStart({ runs: quick ? 1 : 5 }),
  memory,
  install,
  waiting: () => waiting({ posts: quick ? 500 : 5_000 }),
  'long-wait': () => longWait({ minutes: quick ? 3 : 60 }),
  'first-start': firstStart,
  tests,
};

const wrong = names.find((name) => !(name in BENCHES));
if (wrong !== undefined) {
  console.error(`there is no figure '${wrong}'; there are ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.error(`${name}…`);
  const measured = await measure();
  for (const { figure, what, measured: value } of measured) console.error(`  ${figure} ${what}: ${value}`);
  figures.push(...measured);
}
figures.sort((a, b) => parseFloat(a.figure) - parseFloat(b.figure));
const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
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
    : `${machine}\n\n${table(['#', 'figure', 'measured', 'floor', 'to reach'], rows)}`,
);
