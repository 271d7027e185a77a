/** Figures 2, 3 and 4: CPU and posts a second with providers that answer at once, beside the floor. */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadAccount } from '../../client/accounts/load.js';
import { BATCH_WORKFLOW, type BatchInput } from '../../contract/batch.js';
import { batchWorkflowId, newId } from '../../contract/ids.js';
import { approveAllSignal, batchStatusQuery } from '../../contract/messages.js';
import { QUEUES } from '../../contract/task-queues.js';
import type { BatchStatus } from '../../contract/status.js';
import { median, spread, type Figure } from '../lab/figures.js';
import { cpuMs, startProgram } from '../lab/process.js';
import { AT_ONCE, openStage, type Stage } from '../lab/stage.js';

/** One batch, start to end. */
export interface Run {
  readonly posts: number;
  readonly seconds: number;
  readonly firstMs: number;
  /** Ms of CPU a post. */
  readonly worker: number;
  readonly server: number;
}

const PLANNER = 'foundation_models_and_inference_economics';
const EVERY_MS = 10;

/** A batch of `posts` through our own pipeline, approved as it comes to wait. */
export async function ourBatch(stage: Stage, workerPid: number, posts: number): Promise<Run> {
  const account = await loadAccount('accounts', 'ashtalksai');
  const id = newId((max) => randomInt(max));
  const input: BatchInput = {
    ...{ id, account, planner: PLANNER, mix: { hero_text: posts }, brief: null },
    budget: 1_000_000_000_000,
  };
  const before = [cpuMs(workerPid), cpuMs(stage.serverPid)] as const;
  const began = performance.now();
  const batch = await stage.client.workflow.start(BATCH_WORKFLOW, {
    workflowId: batchWorkflowId(id),
    taskQueue: QUEUES.workflows,
    args: [input],
  });
  let firstMs = NaN;
  const until = async (wanted: (status: BatchStatus) => boolean): Promise<void> => {
    for (;;) {
      const status = await batch.query(batchStatusQuery);
      if (Number.isNaN(firstMs) && status.counts.awaiting_approval) firstMs = performance.now() - began;
      if (wanted(status)) return;
      await sleep(posts > 10 ? 20 * EVERY_MS : EVERY_MS);
    }
  };
  await until(({ counts }) => counts.awaiting_approval === posts);
  await batch.signal(approveAllSignal, { by: 'bench' });
  await until(({ status }) => status === 'done');
  return taken(posts, began, firstMs, before, [cpuMs(workerPid), cpuMs(stage.serverPid)]);
}

/** The same through the floor. */
export async function floorBatch(stage: Stage, workerPid: number, posts: number): Promise<Run> {
  const id = `floor-${newId((max) => randomInt(max))}`;
  const before = [cpuMs(workerPid), cpuMs(stage.serverPid)] as const;
  const began = performance.now();
  const batch = await stage.client.workflow.start('floorBatch', {
    workflowId: id,
    taskQueue: 'floor',
    args: [id, posts],
  });
  // Started posts are approved as soon as they exist: what is early is kept for them.
  for (let post = 0; post < posts; post += 1) await approveFloor(stage, `${id}-${post}`);
  await batch.result();
  return taken(posts, began, NaN, before, [cpuMs(workerPid), cpuMs(stage.serverPid)]);
}

async function approveFloor({ client }: Stage, workflowId: string): Promise<void> {
  for (;;) {
    try {
      return await client.workflow.getHandle(workflowId).signal('approve');
    } catch {
      await sleep(EVERY_MS);
    }
  }
}

const taken = (
  posts: number,
  began: number,
  firstMs: number,
  [worker, server]: readonly [number, number],
  [workerAfter, serverAfter]: readonly [number, number],
): Run => ({
  posts,
  firstMs,
  seconds: (performance.now() - began) / 1_000,
  worker: (workerAfter - worker) / posts,
  server: (serverAfter - server) / posts,
});

export interface Throughput {
  readonly runs: number;
  readonly posts: number;
  readonly many: number;
}

export async function throughput({ runs, posts, many }: Throughput): Promise<Figure[]> {
  const stage = await openStage();
  try {
    const floor = await startProgram(['--import', 'tsx', 'bench/floor/worker.child.ts', stage.address]);
    stage.adds(() => floor.stop());
    const floors: Run[] = [];
    await floorBatch(stage, floor.pid, 10);
    for (let run = 0; run < runs; run += 1) floors.push(await floorBatch(stage, floor.pid, posts));
    await floor.stop();
    const worker = await startProgram(['dist/workers/worker.js', '--json'], await stage.environment(AT_ONCE));
    stage.adds(() => worker.stop());
    await ourBatch(stage, worker.pid, 5);
    const small: Run[] = [];
    for (let run = 0; run < 5; run += 1) small.push(await ourBatch(stage, worker.pid, 5));
    const ours: Run[] = [];
    for (let run = 0; run < runs; run += 1) ours.push(await ourBatch(stage, worker.pid, posts));
    const large: Run[] = [];
    if (many > 0) for (let run = 0; run < runs; run += 1) large.push(await ourBatch(stage, worker.pid, many));
    return figuresOf({ floors, small, ours, large });
  } finally {
    await stage.close();
  }
}

const cpu = ({ worker, server }: Run): number => worker + server;
const rate = ({ posts, seconds }: Run): number => posts / seconds;

function figuresOf(all: Record<'floors' | 'small' | 'ours' | 'large', Run[]>): Figure[] {
  const { floors, small, ours, large } = all;
  const of = (runs: Run[], value: (run: Run) => number): number => median(runs.map(value));
  const figures: Figure[] = [
    {
      figure: '2',
      what: `CPU a post of worker and server, N = ${ours[0]?.posts}, ms`,
      measured: `${spread(ours.map(cpu))}: worker ${spread(ours.map((run) => run.worker))}, server ${spread(ours.map((run) => run.server))}; ${(of(ours, cpu) / of(floors, cpu)).toFixed(2)} times`,
      floor: `${spread(floors.map(cpu))}: worker ${spread(floors.map((run) => run.worker))}, server ${spread(floors.map((run) => run.server))}`,
      reach: '≤ 2.2 times',
    },
    {
      figure: '2b',
      what: 'posts a second',
      measured: `${spread(ours.map(rate), 1)}: ${(of(ours, rate) / of(floors, rate)).toFixed(2)} times`,
      floor: spread(floors.map(rate), 1),
      reach: '≥ 0.6 times',
    },
    {
      figure: '4',
      what: 'first post waiting, N = 5, ms',
      measured: spread(small.map((run) => run.firstMs)),
      floor: '',
      reach: '≤ 300',
    },
  ];
  if (large.length > 0)
    figures.push({
      figure: '3',
      what: `posts a second at N = ${large[0]?.posts} over N = ${ours[0]?.posts}`,
      measured: `${(of(large, rate) / of(ours, rate)).toFixed(2)}: ${spread(large.map(rate), 1)}`,
      floor: spread(ours.map(rate), 1),
      reach: '≥ 0.9',
    });
  return figures;
}
