/** Figures 2, 3, 4 and 6: CPU, posts a second and histories with providers that answer at once, beside the floor. */
import { listRuns } from '../../test/lean/actions.js';
import { runFloorBatch, ourBatch, type Run, type StartedBatch } from '../lab/batches.js';
import { median, spread, times, type Figure } from '../lab/print.js';
import { startProgram } from '../lab/process.js';
import { AT_ONCE, openStage, type Stage } from '../lab/stage.js';

export interface Throughput {
  readonly runs: number;
  readonly posts: number;
  /** 0 leaves figures 3 and 6 out. */
  readonly many: number;
}

interface Runs {
  readonly floors: Run[];
  readonly small: Run[];
  readonly ours: Run[];
  readonly large: (Run & { batch: StartedBatch })[];
}

export async function throughput({ runs, posts, many }: Throughput): Promise<Figure[]> {
  const stage = await openStage();
  try {
    const floor = await startProgram(['--import', 'tsx', 'bench/floor/worker.child.ts', stage.address]);
    stage.adds(() => floor.stop());
    await runFloorBatch(stage, floor.pid, 10);
    const floors = await times(runs, () => runFloorBatch(stage, floor.pid, posts));
    await floor.stop();
    const worker = await stage.startWorker(await stage.environment(AT_ONCE));
    const our = (count: number) => ourBatch(stage, worker.pid, count);
    await our(10);
    const small = await times(Math.max(runs, 5), () => our(5));
    const ours = await times(runs, () => our(posts));
    const large = await times(many > 0 ? runs : 0, () => our(many));
    const all = { floors, small, ours, large };
    return [...cpuFigures(all), ...(many > 0 ? await largeFigures(stage, all) : [])];
  } finally {
    await stage.close();
  }
}

const cpu = ({ worker, server }: Run): number => worker + server;
const rate = ({ posts, seconds }: Run): number => posts / seconds;
const of = (runs: readonly Run[], value: (run: Run) => number): number => median(runs.map(value));
const cpuShown = (runs: readonly Run[]): string =>
  `${spread(runs.map(cpu))}: worker ${spread(runs.map((run) => run.worker))}, server ${spread(runs.map((run) => run.server))}`;

const cpuFigures = ({ floors, small, ours }: Runs): Figure[] => [
  {
    figure: '2',
    what: `CPU a post of worker and server, N = ${ours[0]?.posts}, ms`,
    measured: `${(of(ours, cpu) / of(floors, cpu)).toFixed(2)} times: ${cpuShown(ours)}`,
    floor: cpuShown(floors),
    reach: '≤ 2.2 times',
  },
  {
    figure: '2b',
    what: `posts a second, N = ${ours[0]?.posts}`,
    measured: `${(of(ours, rate) / of(floors, rate)).toFixed(2)} times: ${spread(ours.map(rate), 1)}`,
    floor: spread(floors.map(rate), 1),
    reach: '≥ 0.6 times',
  },
  {
    figure: '4',
    what: 'first post waiting, N = 5, ms',
    measured: spread(small.map((run) => run.firstMs)),
    reach: '≤ 300',
  },
];

async function largeFigures({ client }: Stage, { ours, large }: Runs): Promise<Figure[]> {
  const last = large.at(-1)!;
  const histories = await listRuns(client, last.batch.handle.workflowId);
  const most = (value: (history: { events: number; bytes: number }) => number): number =>
    Math.max(...histories.map(value));
  return [
    {
      figure: '3',
      what: `posts a second at N = ${last.posts} over N = ${ours[0]?.posts}`,
      measured: `${(of(large, rate) / of(ours, rate)).toFixed(2)}: ${spread(large.map(rate), 1)}`,
      floor: spread(ours.map(rate), 1),
      reach: '≥ 0.9',
    },
    {
      figure: '6',
      what: `longest history of a batch run, N = ${last.posts}`,
      measured: `${most(({ events }) => events)} events, ${(most(({ bytes }) => bytes) / 1e6).toFixed(2)} MB in ${histories.length} runs`,
      reach: '≤ 4,000 events, 2 MB',
    },
  ];
}
