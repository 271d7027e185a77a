import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScheduleNotFoundError, type Client, type ScheduleDescription } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { noteText, readNote, type ScheduleNote } from '../contract/schedule-note.js';

const TRIES = 5;
const LOOK_AFTER_MS = 100;

/** What we change of a schedule while it runs. */
export interface Rewritable {
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
export async function rewriteSchedule(
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
