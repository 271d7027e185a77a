import { afterEach, expect, it, vi } from 'vitest';
import { readProcesses } from '../workers/temporal/processes.js';
import type { Program } from './bad-days/program.js';
import { LONGEST_MS, Scene } from './bad-days/scene.js';
import { allGone } from './processes.js';
import { until } from './until.js';

vi.setConfig({ testTimeout: LONGEST_MS });
/** How a process ends while the text provider is at work: it bills at once and answers late. */
let scene: Scene;
afterEach(() => scene.close());

const planned = ({ posts }: { posts: readonly unknown[] }): boolean => posts.length === 1;
const nano = (usd: number): number => Math.round(usd * 1e9);

/** Starts a batch, whose plan is under way when this resolves. */
async function startPlanning(latencyMs: number): Promise<string> {
  scene.standIns.control.set({ openai: { latencyMs } });
  const batchId = await scene.startBatch({ hero_text: 1 });
  await until(
    () => scene.standIns.ledger(),
    (bill) => bill.length === 1,
  );
  return batchId;
}

/** Sends the signal until the program does not wait any more, and answers its exit code. */
async function insist(program: Program, signal: NodeJS.Signals): Promise<number | null> {
  await until(
    () => {
      if (program.isRunning) process.kill(program.pid, signal);
      return Promise.resolve(program.said(/^Stopping at once/).length);
    },
    (times) => times === 1,
    300,
  );
  return program.exited();
}

it('waits for a text call that is under way: it is paid once, and the next worker goes on with its answer', async () => {
  scene = await Scene.open();
  await scene.startTemporal();
  const first = await scene.startWorker();
  const batchId = await startPlanning(15_000);
  const code = first.end('SIGTERM');
  await first.says(
    /^worker: stopping; 1 call to the text provider is under way and is waited for, at most 300 s; /,
  );
  expect(await code).toBe(0);
  scene.standIns.control.set({ openai: { latencyMs: 50 } });
  await scene.startWorker();
  const { pipeline, unknownUsd } = await scene.batchUntil(batchId, planned);
  const [plan, ...later] = await scene.standIns.ledger();
  expect(pipeline).toMatchObject([{ step: 'plan', state: 'done', attempts: 1 }]);
  expect(nano(Number(pipeline[0]?.costUsd))).toBe(plan?.amountNano);
  expect(unknownUsd).toBe(0);
  expect(later.map(({ model }) => model)).not.toContain(plan?.model);
});

it('waits no longer than COPYDESK_GRACE, and not at all once it is told again', async () => {
  scene = await Scene.open();
  await scene.startTemporal();
  const first = await scene.startWorker({ COPYDESK_GRACE: '90' });
  const batchId = await startPlanning(60_000);
  expect(await insist(first, 'SIGTERM'), '128 and the number of SIGTERM').toBe(143);
  expect(first.said(/^worker: stopping; 1 call .*, at most 90 s; /)).toHaveLength(1);
  scene.standIns.control.set({ openai: { latencyMs: 50 } });
  await scene.startWorker();
  const { costUsd, unknownUsd } = await scene.batchUntil(batchId, planned);
  expect(unknownUsd, 'the call that was cut may have been paid').toBeGreaterThan(0);
  expect(costUsd).toBeGreaterThan(0);
});

it('the all-in-one says what it waits for, and leaves no Temporal server behind when it is told again', async () => {
  scene = await Scene.open('embedded');
  const { up } = await scene.startUp();
  const temporal = Number(readProcesses(scene.data).temporal?.pid);
  await startPlanning(60_000);
  expect(await insist(up, 'SIGINT')).toBe(130);
  expect(
    up.said(/^Stopping: 1 call to the text provider is .*, at most 60 s; Ctrl-C again stops at once/),
  ).toHaveLength(1);
  await allGone([temporal]);
  expect(readProcesses(scene.data)).toEqual({});
});
