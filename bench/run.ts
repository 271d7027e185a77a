/** `npm run bench [-- NAME…] [--quick] [--json]`: the figures that we want to reach, each beside its floor or bound. */
import { desk } from './figures/desk.js';
import { history } from './figures/history.js';
import { install } from './figures/install.js';
import { concurrency, latency } from './figures/latency.js';
import { longWait } from './figures/long-wait.js';
import { memory } from './figures/memory.js';
import { firstStart, secondStart, worker } from './figures/starts.js';
import { tests } from './figures/tests.js';
import { throughput } from './figures/throughput.js';
import { waiting } from './figures/waiting.js';
import { type Figure, measureAll, printFigures } from './lab/print.js';

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
  desk: () => desk(quick ? { posts: 1_000, seconds: 5 } : { posts: 5_000, seconds: 30 }),
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
const figures = await measureAll(
  Object.entries(BENCHES).filter(([name]) => names.length === 0 || names.includes(name)),
);
figures.sort((a, b) => parseFloat(a.figure) - parseFloat(b.figure));
printFigures(figures, { json: args.includes('--json') });
