import type { QueryDefinition } from '@temporalio/common';
import { QUEUES } from '../contract/task-queues.js';
import type { Calls } from './calls.js';
import { readTemporalFailure } from './temporal-failure.js';

interface ShortRun<Input, Result> {
  /** Of the workflow. */
  readonly type: string;
  readonly id: string;
  readonly input: Input;
  readonly summary: string;
  /** What came of it so far; null until that is worth an answer. */
  readonly status: QueryDefinition<Result | null>;
  /** Whether a run that is under way is joined, or keeps another from being started. */
  readonly whileRunning: 'USE_EXISTING' | 'FAIL';
}

/** Runs a workflow for somebody who waits: a target may take its time, and nobody has to wait for it once the rest is done. */
export async function runShortly<Input, Result>(calls: Calls, run: ShortRun<Input, Result>): Promise<Result> {
  const { workflow } = calls.temporal.client;
  const handle = await calls.within(() =>
    workflow.start<(input: Input) => Promise<Result>>(run.type, {
      workflowId: run.id,
      taskQueue: QUEUES.workflows,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: run.whileRunning,
      args: [run.input],
      staticSummary: run.summary,
    }),
  );
  try {
    return await calls.within(() => handle.result());
  } catch (error) {
    if (readTemporalFailure(error) !== 'timeout') throw error;
    const known = await calls.within(() => handle.query(run.status));
    if (known === null) throw error;
    return known;
  }
}
