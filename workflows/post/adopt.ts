import type { Adopted } from '../../activities/adopt.js';
import type { StepReport } from '../../activities/tell-batch.js';
import type { Spend } from '../../contract/money/spend.js';
import { STEP_LABEL } from '../../contract/states.js';
import { media } from '../activities.js';
import { Blocked } from '../blocked.js';
import type { Cell } from '../cell.js';
import { addCharges, writeNote } from '../paid/row.js';
import { forgetLostSubmit, keepJob, loseSubmit, rowCell, type LostSubmit, type Work } from './state/work.js';

/** Whose money the lost job is, and what the post's batch hears of a look that takes longer. */
interface LookOrder {
  readonly spend: Spend;
  readonly report?: StepReport;
}

/**
 * Takes over the job that a submit without an answer may have made. Where it does not show up within the model's worst
 * latency it is kept in mind, and a person decides whether to look again and then pay for another.
 *
 * @throws Blocked that says since when and until when it was looked for
 */
export async function adopt(lost: LostSubmit, order: LookOrder, work: Cell<Work>): Promise<void> {
  const row = rowCell(work, lost.task.step);
  writeNote(row, `looking for a job whose submit had no answer: ${lost.reason}`);
  if (await findLost(lost, order, work, { once: false, last: false }))
    return writeNote(row, 'the submit had no answer; its job was found and taken over');
  const until = work.value.lostSubmit?.lookedUntil ?? 'now';
  const message = `${lost.reason}; looked for in fal's history from ${lost.since} until ${until}, and not listed: it may have been paid for, and may still wait in fal's queue; resume looks once more before it pays for another`;
  throw new Blocked({ type: 'Provider.UnknownOutcome', message, requestId: null });
}

/** Looks once more for a job that a person was asked about. Where it is still not there, another is to be paid. */
export async function lookAgain(lost: LostSubmit, order: LookOrder, work: Cell<Work>): Promise<boolean> {
  const { step } = lost.task;
  const isFound = await findLost(lost, order, work, { once: true, last: false });
  const note = isFound
    ? 'the submit had no answer; its job was found when it was looked for again'
    : 'a submit before this one had no answer, and was not found: it may have been paid for';
  writeNote(rowCell(work, step), note);
  if (!isFound) work.change((now) => forgetLostSubmit(now, step));
  return isFound;
}

/**
 * Looks for the job of a submit that had no answer, and keeps it. Where there is none to be found, the row has the estimate of it.
 *
 * @param how `once`: a single look; `last`: the post has ended, so a history that can't be read lists nothing.
 */
export async function findLost(
  lost: LostSubmit,
  order: LookOrder,
  work: Cell<Work>,
  how: { readonly once: boolean; readonly last: boolean },
): Promise<boolean> {
  const { task, since, from } = lost;
  const adopted: Adopted = await media.adopt.executeWithOptions(
    { summary: `${STEP_LABEL[task.step]}: look for the lost submit` },
    [{ task, since, from, spend: order.spend, step: order.report, ...how }],
  );
  if (adopted.requestId !== null) {
    const { requestId } = adopted;
    work.change((now) => keepJob(now, { task, requestId }));
    return true;
  }
  const { charge, until } = adopted;
  const note = `the submit had no answer, and fal's history does not list the job: it may have been paid`;
  rowCell(work, task.step).change((row) => ({ ...addCharges(row, [charge]), note }));
  work.change((now) => loseSubmit(now, { ...lost, lookedUntil: until }));
  return false;
}
