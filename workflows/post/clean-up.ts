import type { Spend } from '../../contract/money/spend.js';
import { STEP_LABEL, type MediaStep } from '../../contract/states.js';
import { media } from '../activities.js';
import { blockingError } from '../blocked.js';
import type { Cell } from '../cell.js';
import { addCharges, writeNote, type RowWriter } from '../paid/row.js';
import { findLost } from './adopt.js';
import { forgetJob, nextNumber, pendingJobs, rowCell, type MediaJob, type Work } from './state/work.js';

/** Whether a post that has ended leaves a job running, or one that may be. */
export const leavesWork = (work: Work): boolean => pendingJobs(work).length > 0 || work.lostSubmit !== null;

/**
 * What a post that has ended leaves running is stopped where it still can be, and what it cost all the same is put on the
 * record: jobs that fal has accepted, and one that it may have accepted. This may take as long as the models do.
 */
export async function cleanUp(work: Cell<Work>, spendOf: (step: MediaStep) => Spend): Promise<void> {
  const lost = work.value.lostSubmit;
  if (lost) {
    const { step } = lost.task;
    const how = { once: lost.lookedUntil !== null, last: true };
    await tryOrNote(rowCell(work, step), 'its job could not be looked for', () =>
      findLost(lost, { spend: spendOf(step) }, work, how),
    );
  }
  for (const job of pendingJobs(work.value)) await stopJob(job, spendOf(job.task.step), work);
}

/** A post that has ended must end, whatever becomes of its job. */
async function tryOrNote<T>(row: RowWriter, what: string, attempt: () => Promise<T>): Promise<T | null> {
  try {
    return await attempt();
  } catch (error) {
    writeNote(row, `${what}: ${blockingError(error)?.message ?? String(error)}`);
    return null;
  }
}

async function stopJob({ task, requestId }: MediaJob, spend: Spend, work: Cell<Work>): Promise<void> {
  const { step } = task;
  const row = rowCell(work, step);
  writeNote(row, `stopping job ${requestId}`);
  const order = { task, requestId, number: nextNumber(work.value, step), spend };
  const stopped = await tryOrNote(row, `job ${requestId} could not be stopped`, () =>
    media.stop.executeWithOptions({ summary: `${STEP_LABEL[step]}: stop ${requestId}` }, [order]),
  );
  if (!stopped) return;
  row.change((now) => ({ ...addCharges(now, stopped.charges), note: stopped.note }));
  work.change((now) => forgetJob(now, step));
}
