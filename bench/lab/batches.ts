/** Batches through our pipeline and through the floor, and what they took. */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { loadAccount } from '../../config/accounts/load.js';
import { BATCH_WORKFLOW, keepPlanner, type BatchInput } from '../../contract/batch.js';
import { batchWorkflowId, newId } from '../../contract/ids.js';
import { approveAllSignal, batchStatusQuery } from '../../contract/messages.js';
import type { Mix } from '../../contract/mix.js';
import type { BatchStatus } from '../../contract/status.js';
import { QUEUES } from '../../contract/task-queues.js';
import { cpuMs } from './process.js';
import type { Stage } from './stage.js';

/** One batch, start to end. */
export interface Run {
  readonly posts: number;
  readonly seconds: number;
  /** Until the first post waited for a person. */
  readonly firstMs: number;
  /** Ms of CPU a post. */
  readonly worker: number;
  readonly server: number;
}

export interface StartedBatch {
  readonly id: string;
  readonly handle: WorkflowHandle;
  /** Asks for the status until it is as wanted. */
  until(wanted: (status: BatchStatus) => boolean): Promise<BatchStatus>;
}

const PLANNER = 'foundation_models_and_inference_economics';

/** Starts a batch as the client does, on a budget that nothing uses up. */
export async function startBatch({ client }: Stage, mix: Mix): Promise<StartedBatch> {
  // A stand-in that plays a real provider plans placeholders: they repeat each other, and would each be asked for again.
  const whole = { ...(await loadAccount('accounts', 'ashtalksai')), freshness: undefined };
  const account = keepPlanner(whole, PLANNER);
  const id = newId((max) => randomInt(max));
  const input: BatchInput = {
    id,
    account,
    planner: PLANNER,
    mix,
    brief: null,
    budget: 10_000_000_000_000,
  };
  const handle = await client.workflow.start(BATCH_WORKFLOW, {
    workflowId: batchWorkflowId(id),
    taskQueue: QUEUES.workflows,
    args: [input],
  });
  // A status names each post: asking for that of a large batch all the time would be what is measured.
  const size = Object.values(mix).reduce((sum, count) => sum + count, 0);
  const everyMs = size <= 10 ? 10 : 500;
  return {
    id,
    handle,
    async until(wanted) {
      for (;;) {
        const status = await handle.query(batchStatusQuery);
        if (wanted(status)) return status;
        await sleep(everyMs);
      }
    },
  };
}

/** A batch of `posts` through our own pipeline, approved when all wait. */
export async function ourBatch(
  stage: Stage,
  workerPid: number,
  posts: number,
): Promise<Run & { batch: StartedBatch }> {
  const before = cpuOf(stage, workerPid);
  const began = performance.now();
  const batch = await startBatch(stage, { hero_text: posts });
  let firstMs = NaN;
  await batch.until(({ counts: { awaiting_approval = 0 } }) => {
    if (Number.isNaN(firstMs) && awaiting_approval > 0) firstMs = performance.now() - began;
    return awaiting_approval === posts;
  });
  await batch.handle.signal(approveAllSignal, { by: 'bench' });
  await batch.until(({ status }) => status === 'done');
  return { batch, ...(await taken(posts, firstMs, began, () => cpuOf(stage, workerPid), before)) };
}

/** The same through the floor. */
export async function runFloorBatch(stage: Stage, workerPid: number, posts: number): Promise<Run> {
  const id = `floor-${newId((max) => randomInt(max))}`;
  const before = cpuOf(stage, workerPid);
  const began = performance.now();
  const batch = await stage.client.workflow.start('floorBatch', {
    workflowId: id,
    taskQueue: 'floor',
    args: [id, posts],
  });
  // Started posts are approved as soon as they exist: what is early is kept for them.
  for (let post = 0; post < posts; post += 1) await approveFloor(stage, `${id}-${post}`);
  await batch.result();
  return taken(posts, NaN, began, () => cpuOf(stage, workerPid), before);
}

const RETRY_MS = 10;

async function approveFloor({ client }: Stage, workflowId: string): Promise<void> {
  for (;;) {
    try {
      return await client.workflow.getHandle(workflowId).signal('approve');
    } catch {
      await sleep(RETRY_MS);
    }
  }
}

type Cpu = Pick<Run, 'worker' | 'server'>;

const cpuOf = ({ serverPid }: Stage, workerPid: number): Cpu => ({
  worker: cpuMs(workerPid),
  server: cpuMs(serverPid),
});

/** Each task of a workflow leaves a timer with the server, which the server drops when it is due: that is part of what it costs. */
const TIMERS_MS = 12_000;

async function taken(
  posts: number,
  firstMs: number,
  began: number,
  cpu: () => Cpu,
  before: Cpu,
): Promise<Run> {
  const seconds = (performance.now() - began) / 1_000;
  await sleep(TIMERS_MS);
  const after = cpu();
  return {
    posts,
    firstMs,
    seconds,
    worker: (after.worker - before.worker) / posts,
    server: (after.server - before.server) / posts,
  };
}
