import { Context, log } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { batchWorkflowId } from '../contract/ids.js';
import { reportSignal, type PostReport } from '../contract/messages.js';
import { toNano } from '../contract/money/nano.js';
import type { PipelineRow, PostStatus } from '../contract/status.js';

/** Where a post stands while a step of it is under way. A post at work sends no word of its own, which would be history for each. */
export interface StepReport {
  readonly batchId: string;
  readonly report: PostReport;
}

/** A batch that has ended, or never was, is no reason to stop. */
export async function tellBatch({ batchId, report }: StepReport): Promise<void> {
  const { client } = Context.current();
  try {
    await client.workflow.getHandle(batchWorkflowId(batchId)).signal(reportSignal, report);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** Most steps of a stand-in, and some of a provider, are over by then; the batch hears of these with the post's next word. */
const SLOW_MS = 3_000;

/** Tells the batch where the post stands once `work` has taken three seconds. Never throws for that: it may be paid work. */
export async function reportIfSlow<T>(step: StepReport | undefined, work: () => Promise<T>): Promise<T> {
  if (!step) return work();
  const timer = setTimeout(() => void reportNow(step), SLOW_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

/** Tells it at once, and never throws. */
export async function reportNow(step: StepReport): Promise<void> {
  try {
    await tellBatch(step);
  } catch (error) {
    log.warn('the batch could not be told where its post stands; the next word of the post tells it', {
      error,
    });
  }
}

/** Each target has a publish row of its own. */
const isSameStep = (one: PipelineRow, other: PipelineRow): boolean =>
  one.step === other.step && one.target === other.target;

/** What the post would have told its batch. */
export function reportOf({ pipeline, costUsd, unknownUsd, ...status }: PostStatus): PostReport {
  const { id, title, gate, revision, error } = status;
  const open = pipeline.find(
    (row) =>
      row.state === 'running' ||
      row.state === 'pending' ||
      (row.state === 'failed' && pipeline.findLast((later) => isSameStep(later, row)) === row),
  );
  return {
    id,
    title,
    gate,
    revision,
    error,
    status: status.status,
    step: open?.step ?? null,
    cost: toNano(costUsd),
    unknown: toNano(unknownUsd),
  };
}
