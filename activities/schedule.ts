import { createHash, randomUUID } from 'node:crypto';
import { activityInfo, Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { BatchInput } from '../contract/batch.js';
import { UsageError } from '../contract/errors.js';
import { newId } from '../contract/ids.js';
import { scheduleWorkflowId, type ScheduleOrder, type ScheduleProblem } from '../contract/schedule.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScheduleNotFoundError, type Client, type ScheduleDescription } from '@temporalio/client';
import { noteText, readNote, type ScheduleNote } from '../contract/cron.js';

/** A file is read so often before a run gives up: somebody may be about to save it. */
const READS = 3;

/** What a run of a schedule came to. */
export interface RunOutcome {
  readonly scheduleId: string;
  /** The batch that it started; null for none. */
  readonly batchId: string | null;
  readonly problem: ScheduleProblem | null;
  /** Of the account's file at the time; null where it could not be read. */
  readonly timeZone: string | null;
}

export const createSchedule = ({ prepareBatch }: Pick<Services, 'prepareBatch'>) => ({
  /**
   * Reads the account that a schedule is for, as its file is now. Asked again, also by a run that was reset, it answers the
   * same batch id, so that a run starts one batch.
   *
   * @throws ApplicationFailure for what can't be: an account's file, planner or mix
   */
  prepareBatch(order: ScheduleOrder): Promise<BatchInput> {
    const { attempt, workflowExecution } = activityInfo();
    const batchId = batchIdOf(workflowExecution?.workflowId ?? '');
    return withHeartbeat(null, async () => {
      try {
        return await prepareBatch(order, batchId);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        const type = 'Schedule.NoBatch';
        throw ApplicationFailure.create({ type, message: error.message, nonRetryable: attempt >= READS });
      }
    });
  },

  /** Writes on the schedule what a run came to, for people to see, and has its times follow the account's zone. */
  noteRun({ scheduleId, batchId, problem, timeZone }: RunOutcome): Promise<void> {
    const { client } = Context.current();
    return withHeartbeat(null, () =>
      rewriteSchedule(client, scheduleWorkflowId(scheduleId), (now) => ({
        note: { ...now.note, lastBatchId: batchId ?? now.note.lastBatchId, problem },
        timeZone: timeZone ?? now.timeZone,
      })),
    );
  },
});

/** The id of the batch of a run: drawn from the id of its workflow, which holds the schedule and the time, and always the same. */
export function batchIdOf(runWorkflowId: string): string {
  const draws = createHash('sha512').update(runWorkflowId).digest();
  let used = 0;
  return newId((max) => {
    const draw = draws.readUInt32BE(used);
    used += Uint32Array.BYTES_PER_ELEMENT;
    return draw % max;
  });
}

const TRIES = 5;
const LOOK_AFTER_MS = 100;

/** What we change of a schedule while it runs. */
interface Rewritable {
  readonly note: ScheduleNote;
  /** IANA. */
  readonly timeZone: string;
}

/**
 * Changes the note and the zone of a Temporal Schedule and nothing else: what a person changes at the same moment, such as a
 * pause, stays. The server drops a change of a schedule that was changed since it was read, and doesn't say so
 * (`checkConflict` in its scheduler); so we look, and begin again. A schedule that is gone has nothing to change.
 *
 * @throws ApplicationFailure to be retried, while it changes all the time
 */
async function rewriteSchedule(
  client: Client,
  scheduleId: string,
  change: (now: Rewritable) => Rewritable,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await describe(client, scheduleId);
    if (found === null) return;
    const { raw } = found;
    const now = { notes: raw.schedule?.state?.notes ?? '', zone: raw.schedule?.spec?.timezoneName ?? '' };
    const wanted = change({ note: readNote(now.notes), timeZone: now.zone });
    const notes = noteText(wanted.note);
    if (notes === now.notes && wanted.timeZone === now.zone) return;
    await client.schedule.workflowService.updateSchedule({
      namespace: client.options.namespace,
      scheduleId,
      schedule: {
        ...raw.schedule,
        spec: { ...raw.schedule?.spec, timezoneName: wanted.timeZone },
        state: { ...raw.schedule?.state, notes },
      },
      conflictToken: raw.conflictToken,
      identity: client.options.identity,
      requestId: randomUUID(),
    });
    await sleep(LOOK_AFTER_MS);
  }
  throw ApplicationFailure.retryable(`${scheduleId} changes all the time`, 'Schedule.Changing');
}

async function describe(client: Client, scheduleId: string): Promise<ScheduleDescription | null> {
  try {
    return await client.schedule.getHandle(scheduleId).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}
