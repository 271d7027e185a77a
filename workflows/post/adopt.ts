import type { Adopted } from '../../activities/adopt.js';
import { STEP_LABEL } from '../../contract/states.js';
import { media } from '../activities.js';
import { Blocked } from '../blocked.js';
import { putCharges } from '../charges.js';
import { rowOf, type LostSubmit, type PostRun, type SubmittedJob } from './run.js';
import { spendOf } from './spend.js';

/**
 * Takes over the job that a submit without an answer may have made. Where it does not show up within the model's worst
 * latency it is kept in mind, and a person decides whether to look again and then pay for another.
 *
 * @throws Blocked that says since when and until when it was looked for
 */
export async function adopt(run: PostRun, lost: LostSubmit): Promise<SubmittedJob> {
  const row = rowOf(run, lost.task.step);
  row.note = `looking for a job whose submit had no answer: ${lost.reason}`;
  const job = await findLost(run, lost, { once: false, last: false });
  if (job) {
    row.note = 'the submit had no answer; its job was found and taken over';
    return job;
  }
  const until = run.lostSubmit?.lookedUntil ?? 'now';
  const message = `${lost.reason}; looked for in fal's history from ${lost.since} until ${until}, and not listed: it may have been paid for, and may still wait in fal's queue; resume looks once more before it pays for another`;
  throw new Blocked({ type: 'Provider.UnknownOutcome', message, requestId: null });
}

/** Looks once more for a job that a person was asked about; null when it is still not there, and another is to be paid. */
export async function lookAgain(run: PostRun, lost: LostSubmit): Promise<SubmittedJob | null> {
  const job = await findLost(run, lost, { once: true, last: false });
  rowOf(run, lost.task.step).note = job
    ? 'the submit had no answer; its job was found when it was looked for again'
    : 'a submit before this one had no answer, and was not found: it may have been paid for';
  if (!job) run.lostSubmit = null;
  return job;
}

/**
 * The job of a submit that had no answer; null when there is none to be found, with the estimate of it on the row.
 *
 * @param how `once`: a single look; `last`: the post has ended, so a history that can't be read lists nothing.
 */
export async function findLost(
  run: PostRun,
  lost: LostSubmit,
  how: { readonly once: boolean; readonly last: boolean },
): Promise<SubmittedJob | null> {
  const { task, since, from } = lost;
  const adopted: Adopted = await media.adopt.executeWithOptions(
    { summary: `${STEP_LABEL[task.step]}: look for the lost submit` },
    [{ task, since, from, spend: spendOf(run, task.step), ...how }],
  );
  if (adopted.requestId !== null) {
    run.lostSubmit = null;
    return { task, requestId: adopted.requestId };
  }
  const row = rowOf(run, task.step);
  putCharges(row, [adopted.charge]);
  row.note = `the submit had no answer, and fal's history does not list the job: it may have been paid`;
  run.lostSubmit = { ...lost, lookedUntil: adopted.until };
  return null;
}
