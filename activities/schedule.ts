import { createHash } from 'node:crypto';
import { activityInfo, Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { BatchInput } from '../contract/batch.js';
import { UsageError } from '../contract/errors.js';
import { newId } from '../contract/ids.js';
import { scheduleWorkflowId, type ScheduleOrder, type ScheduleProblem } from '../contract/schedule.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';
import { rewriteSchedule } from './rewrite-schedule.js';

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
