import { batchWorkflowId } from '../../contract/ids.js';
import { approveAllSignal } from '../../contract/messages.js';
import { allWaiting, type Harness } from '../harness.js';
import { writeHistory } from './files.js';

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
