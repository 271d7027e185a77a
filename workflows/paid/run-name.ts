import { workflowInfo } from '@temporalio/workflow';

/** Tells the runs of a workflow apart in the keys of their charges. */
export const runName = (): string => workflowInfo().runId.slice(0, 8);
