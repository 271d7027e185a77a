import { createHash, randomUUID } from 'node:crypto';
import { activityInfo, Context } from '@temporalio/activity';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import type { BatchInput } from '../contract/batch.js';
import { UsageError } from '../contract/errors.js';
import { batchWorkflowId, newId } from '../contract/ids.js';
import { batchStatusQuery } from '../contract/messages.js';
import {
  scheduleWorkflowId,
  skipReason,
  type Overlap,
  type ScheduleOrder,
  type ScheduleProblem,
} from '../contract/schedule.js';
import type { Services } from '../services/services.js';
import { announceEvents } from './announce.js';
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

/** What a run finds before it starts a batch. */
export interface FoundOverlap {
  readonly overlap: Overlap;
  /** The batch before, where it still runs. */
  readonly before: BatchBefore | null;
}

interface BatchBefore {
  readonly batchId: string;
  /** What it waits for, in one line. */
  readonly reason: string;
}

/** A run that starts nothing, since the batch before still runs. */
export interface SkippedRun {
  readonly order: ScheduleOrder;
  /** The time for which it was planned, ISO 8601. */
  readonly at: string;
  readonly before: BatchBefore;
}

type Parts = Pick<Services, 'prepareBatch' | 'readAccount' | 'archive' | 'deskUrl'>;

export const createSchedule = (services: Parts) => ({
  /** Looks whether the batch before still runs. A schedule that is gone has none. */
  readOverlap({ id }: ScheduleOrder): Promise<FoundOverlap> {
    const { client, info } = Context.current();
    const own = batchIdOf(info.workflowExecution?.workflowId ?? '');
    return withHeartbeat(null, async () => {
      const found = await describe(client, scheduleWorkflowId(id));
      const overlap = found?.policies.overlap === 'BUFFER_ALL' ? 'queue' : 'skip';
      for (const batchId of found ? batchesOf(found) : []) {
        // A run that was reset has started its own already.
        if (batchId !== own && (await isOpen(client, batchId)))
          return { overlap, before: { batchId, reason: await reasonOf(client, batchId) } };
      }
      return { overlap, before: null };
    });
  },

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
        return await services.prepareBatch(order, batchId);
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

  /** Writes on the schedule that a run was skipped, and tells the account's webhooks. May be repeated: it counts once. */
  noteSkip({ order, at, before: { batchId, reason } }: SkippedRun): Promise<void> {
    const { client } = Context.current();
    const problem: ScheduleProblem = { at, message: reason, skipped: true };
    return withHeartbeat(null, async () => {
      await rewriteSchedule(client, scheduleWorkflowId(order.id), (now) => {
        if (now.note.problem?.at === at) return now;
        return { ...now, note: { ...now.note, lastBatchId: batchId, problem, skips: now.note.skips + 1 } };
      });
      const { archive, deskUrl, readAccount } = services;
      // A file that can't be read just now is no reason to tell nobody.
      const account = await readAccount(order.account).catch(() =>
        archive.records.findAccount(order.account),
      );
      await announceEvents(
        services,
        {
          schedule: { ...order, problem, runningBatchId: batchId },
          reviewUrl: `${deskUrl}/desk/batches/${batchId}`,
        },
        { webhooks: account?.webhooks ?? [], events: [{ type: 'schedule.skipped', key: at, at }] },
      );
    });
  },
});

/** The batches that it may have started last: the one that its note names, or else, where a person has replaced the note, those of its last runs. */
function batchesOf({ state, info }: ScheduleDescription): readonly string[] {
  const { lastBatchId } = readNote(state.note ?? '');
  if (lastBatchId !== null) return [lastBatchId];
  return info.recentActions.map(({ action }) => batchIdOf(action.workflow.workflowId)).toReversed();
}

async function isOpen(client: Client, batchId: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(batchWorkflowId(batchId)).describe();
    return status.name === 'RUNNING' || status.name === 'PAUSED';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** A batch that can't say more of itself just now still runs. */
async function reasonOf(client: Client, batchId: string): Promise<string> {
  try {
    return skipReason(await client.workflow.getHandle(batchWorkflowId(batchId)).query(batchStatusQuery));
  } catch {
    return skipReason({ id: batchId, status: 'running', counts: {} });
  }
}

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
