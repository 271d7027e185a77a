import { batchWorkflowId } from '../../contract/ids.js';
import { approveAllSignal, pauseSignal, resumeSignal, setBudgetSignal } from '../../contract/messages.js';
import { allWaiting, type Harness } from '../harness.js';
import { writeHistory } from './files.js';

const by = 'mo';

/** Records what can become of a batch that is short enough for one run. */
export async function recordBatches(desk: Harness): Promise<void> {
  const handle = (id: string) => desk.client.workflow.getHandle(batchWorkflowId(id));

  const done = await desk.startBatch({ hero_text: 4, video: 1 });
  await desk.batchUntil(done, allWaiting(5));
  await handle(done).signal(approveAllSignal, { by, note: 'all good' });
  await handle(done).result();
  await writeHistory('batch-of-5-done', handle(done));

  desk.standIns.control.fail({ on: 'openai', kind: 'off-mix', match: '^plan' });
  const cancelled = await desk.startBatch({ hero_text: 3 }, { window: 2 });
  const { posts } = await desk.batchUntil(cancelled, allWaiting(3));
  await handle(cancelled).cancel();
  await handle(cancelled)
    .result()
    .catch(() => undefined);
  await writeHistory('batch-cancelled', handle(cancelled));
  await writeHistory('post-cancelled-by-its-batch', desk.post(String(posts[0]?.id)));

  desk.standIns.control.fail({ on: 'openai', kind: 'refusal', match: '^plan', times: 3 });
  const blocked = await desk.startBatch({ hero_text: 1 });
  await desk.batchUntil(blocked, ({ status }) => status === 'blocked');
  await handle(blocked).signal(pauseSignal, { by });
  await handle(blocked).signal(setBudgetSignal, { by, usd: 12.5 });
  await handle(blocked).signal('setBudget', 'a lot');
  await handle(blocked).signal(resumeSignal, { by });
  await desk.batchUntil(blocked, allWaiting(1));
  await writeHistory('batch-blocked-and-resumed', handle(blocked));

  const small = await desk.startBatch({ hero_text: 2 }, { budget: 90_000_000 });
  const halted = await desk.batchUntil(small, ({ counts }) => counts.blocked === 1);
  const over = halted.posts.find(({ status }) => status === 'blocked');
  await handle(small).signal(setBudgetSignal, { by, usd: 1 });
  await handle(small).signal(resumeSignal, { by });
  await desk.batchUntil(small, allWaiting(2));
  await handle(small).signal(approveAllSignal, { by });
  await handle(small).result();
  await writeHistory('batch-over-budget-and-raised', handle(small));
  await writeHistory('post-over-budget-and-resumed', desk.post(String(over?.id)));
}

/** Records the first and the last run of a batch that continued as new. */
export async function recordContinuedBatch(desk: Harness): Promise<void> {
  const id = await desk.startBatch({ hero_text: 6 }, { window: 2 });
  const { workflow } = desk.client;
  await desk.batchUntil(id, allWaiting(6));
  await workflow.getHandle(batchWorkflowId(id)).signal(approveAllSignal, { by: 'mo' });
  await workflow.getHandle(batchWorkflowId(id)).result();
  const { raw, runId } = await workflow.getHandle(batchWorkflowId(id)).describe();
  const firstRunId = raw.workflowExecutionInfo?.firstRunId;
  if (!firstRunId || firstRunId === runId) throw new Error(`batch ${id} did not continue as new`);
  await writeHistory('batch-continued-as-new', workflow.getHandle(batchWorkflowId(id), firstRunId));
  await writeHistory('batch-carried-on', workflow.getHandle(batchWorkflowId(id), runId));
}
