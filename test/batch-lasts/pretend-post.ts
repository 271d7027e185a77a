import {
  CancellationScope,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
} from '@temporalio/workflow';
import { reportSignal } from '../../contract/messages.js';

/** A post that costs a test nothing: it waits to be cancelled, and tells its batch that it was. */
export async function pretendPost(batchWorkflow: string, id: string): Promise<void> {
  try {
    await condition(() => false);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(() =>
      getExternalWorkflowHandle(batchWorkflow).signal(reportSignal, {
        ...{ id, title: id, status: 'cancelled', gate: null, revision: 1, cost: 1_000_000, unknown: 0 },
        ...{ step: null, error: null },
      }),
    );
    throw error;
  }
}
