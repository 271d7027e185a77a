import { WorkflowNotFoundError } from '@temporalio/common';
import { Context } from '@temporalio/activity';
import { batchWorkflowId } from '../contract/ids.js';

export const createCancelBatch = () => ({
  /** Asks Temporal to cancel a batch, for the batch itself: a workflow can't send that to itself. */
  async cancelBatch({ batchId }: { batchId: string }): Promise<void> {
    try {
      await Context.current().client.workflow.getHandle(batchWorkflowId(batchId)).cancel();
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  },
});
