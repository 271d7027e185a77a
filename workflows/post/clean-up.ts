import { STEP_LABEL } from '../../contract/states.js';
import { media } from '../activities.js';
import { blockingError } from '../blocked.js';
import { putCharges } from '../charges.js';
import { findLost } from './adopt.js';
import { nextNumber } from './illustrate.js';
import { rowOf, type PostRun, type RunRow, type SubmittedJob } from './run.js';
import { spendOf } from './spend.js';

/**
 * What a post that has ended leaves running is stopped where it still can be, and what it cost all the same is put on the
 * record: jobs that fal has accepted, and one that it may have accepted.
 *
 * @param begun hears that there is something to clean up, which may take as long as the models do.
 */
export async function cleanUp(run: PostRun, begun: () => void): Promise<void> {
  const jobs = Object.values(run.jobs).filter((job) => !job.refused && !job.failed);
  const lost = run.lostSubmit;
  if (jobs.length === 0 && !lost) return;
  begun();
  if (lost) {
    const row = rowOf(run, lost.task.step);
    const found = await orNote(row, 'its job could not be looked for', () =>
      findLost(run, lost, { once: lost.lookedUntil !== null, last: true }),
    );
    if (found) jobs.push(found);
  }
  for (const job of jobs) await stopJob(run, job);
}

/** A post that has ended must end, whatever becomes of its job. */
async function orNote<T>(row: RunRow, what: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    row.note = `${what}: ${blockingError(error)?.message ?? String(error)}`;
    return null;
  }
}

async function stopJob(run: PostRun, job: SubmittedJob): Promise<void> {
  const { step } = job.task;
  const row = rowOf(run, step);
  row.note = `stopping job ${job.requestId}`;
  const { task, requestId } = job;
  const order = { task, requestId, number: nextNumber(run, step), spend: spendOf(run, step) };
  const stopped = await orNote(row, `job ${job.requestId} could not be stopped`, () =>
    media.stop.executeWithOptions({ summary: `${STEP_LABEL[step]}: stop ${job.requestId}` }, [order]),
  );
  if (!stopped) return;
  putCharges(row, stopped.charges);
  row.note = stopped.note;
  delete run.jobs[step];
}
