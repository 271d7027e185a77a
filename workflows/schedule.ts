import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowCancellationType,
  ChildWorkflowFailure,
  type ChildWorkflowHandle,
  ParentClosePolicy,
  WorkflowIdReusePolicy,
  isCancellation,
  patched,
  setCurrentDetails,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { RunOutcome } from '../activities/schedule.js';
import { BATCH_WORKFLOW, type BatchInput, batchSummary } from '../contract/batch.js';
import { batchWorkflowId } from '../contract/ids.js';
import type { ScheduleOrder, ScheduleProblem, ScheduleRun } from '../contract/schedule.js';
import { priorityOf } from '../contract/priority.js';
import { copydeskAccount, copydeskBatch, scheduledStartTime } from '../contract/search-attributes.js';
import { archive } from './activities.js';
import type { batch } from './batch/batch.js';

/**
 * One run of a schedule: starts a batch of the account as its file is now, unless the batch before still runs: then it says so
 * and ends. Where later runs queue for it, it is open as long as its batch is, so that Temporal holds them back. A batch outlives
 * the run whatever becomes of it.
 *
 * @throws ApplicationFailure with the line of the account's file, when no batch can be started; the next run tries again
 */
export async function schedule(order: ScheduleOrder): Promise<ScheduleRun> {
  const at = plannedTime();
  // A run of before was held back by Temporal while the batch before ran, and waits for the end of its own.
  const { overlap, before } = patched('looks-at-the-batch-before')
    ? await archive.readOverlap.executeWithOptions({ summary: 'Look at the batch before' }, [order])
    : ({ overlap: 'queue', before: null } as const);
  if (before !== null) {
    setCurrentDetails(`Skipped: ${before.reason}`);
    await archive.noteSkip.executeWithOptions({ summary: 'Note the skip' }, [{ order, at, before }]);
    return { batchId: null };
  }
  const input = await prepared(order, at);
  const child = await startOrAdopt(input);
  setCurrentDetails(batchLink(input));
  await noted(order, { batchId: input.id, problem: null, timeZone: input.account.timeZone });
  if (overlap === 'queue') await ended(child);
  return { batchId: input.id };
}

/** For which time the run was planned, ISO 8601; of one that a person started in the Temporal UI, when that was. */
function plannedTime(): string {
  const { typedSearchAttributes, startTime } = workflowInfo();
  return (typedSearchAttributes.get(scheduledStartTime) ?? startTime).toISOString();
}

async function prepared(order: ScheduleOrder, at: string): Promise<BatchInput> {
  try {
    return await archive.prepareBatch.executeWithOptions({ summary: `Read account ${order.account}` }, [
      order,
    ]);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    const message = error.cause?.message ?? error.message;
    const problem: ScheduleProblem = { at, message, skipped: false };
    await noted(order, { batchId: null, problem, timeZone: null });
    throw ApplicationFailure.create({ message, type: 'Schedule.NoBatch', nonRetryable: true });
  }
}

/** @returns null where the batch is there already: a run that was reset had started it */
async function startOrAdopt(input: BatchInput): Promise<ChildWorkflowHandle<typeof batch> | null> {
  try {
    return await startChild<typeof batch>(BATCH_WORKFLOW, {
      workflowId: batchWorkflowId(input.id),
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      args: [input],
      staticSummary: batchSummary(input),
      priority: priorityOf(input.account.handle),
      typedSearchAttributes: [
        { key: copydeskAccount, value: input.account.handle },
        { key: copydeskBatch, value: input.id },
      ],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return null;
  }
}

/** Writes on the schedule what came of the run. A schedule that is gone by then has nowhere to write it. */
function noted({ id }: ScheduleOrder, outcome: Omit<RunOutcome, 'scheduleId'>): Promise<void> {
  const summary = outcome.problem === null ? 'Note the batch' : 'Note the problem';
  return CancellationScope.nonCancellable(() =>
    archive.noteRun.executeWithOptions({ summary }, [{ scheduleId: id, ...outcome }]),
  );
}

/** How a batch ends is its own affair. */
async function ended(child: ChildWorkflowHandle<typeof batch> | null): Promise<void> {
  try {
    await child?.result();
  } catch (error) {
    if (!(error instanceof ChildWorkflowFailure)) throw error;
  }
}

const batchLink = ({ id, deskUrl }: BatchInput): string =>
  deskUrl === undefined ? `Batch ${id}` : `Batch [${id}](${deskUrl}/desk/batches/${id})`;
