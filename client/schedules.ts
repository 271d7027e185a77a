import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ScheduleDescription } from '@temporalio/client';
import { batchSummary } from '../contract/batch.js';
import { noteText, readNote } from '../contract/cron.js';
import { UsageError } from '../contract/errors.js';
import {
  CATCH_UP_MS,
  SCHEDULE_WORKFLOW,
  scheduleWorkflowId,
  type Overlap,
  type ScheduleOrder,
  type ScheduleStatus,
} from '../contract/schedule.js';
import { QUEUES } from '../contract/task-queues.js';
import type { Calls } from './calls.js';
import { changedSchedule, sendScheduleUpdate, type ScheduleChange } from './change-schedule.js';
import {
  NoWorkerError,
  RefusedError,
  UndeliveredError,
  UnknownIdError,
  UnseenRunError,
  UsedIdError,
} from './errors.js';
import { scheduleOrder, type NewSchedule } from './schedule-order.js';
import { scheduleStatus } from './schedule-status.js';
import { readTemporalFailure, reasonOf } from './temporal-failure.js';

const PATIENCE_MS = 10_000;
const APART_MS = 1_000;
const LOOK_EVERY_MS = 250;
const LISTED_WITHIN_MS = 5_000;
const CHANGE_TRIES = 10;
/** How many schedules are asked for at a time. */
const AT_A_TIME = 8;
/** Of gRPC. */
const INVALID_ARGUMENT = 3;
const POLICY = { skip: 'SKIP', queue: 'BUFFER_ALL' } as const satisfies Record<Overlap, string>;

/** The recurring batches of a Copydesk: each is a Temporal Schedule. */
export class Schedules {
  readonly #calls: Calls;
  /** When the last run of each was asked for, or will be, in ms since 1970. */
  readonly #turns = new Map<string, number>();

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /**
   * Makes the Temporal Schedule `schedule/<id>`, and waits until it is listed.
   *
   * @throws UsageError before anything is made, UsedIdError
   */
  async add(schedule: NewSchedule): Promise<{ scheduleId: string }> {
    const order = scheduleOrder(schedule);
    const { account, overlap = 'skip' } = schedule;
    const { namespace } = this.#calls.temporal;
    const { copydeskAccount } = await import('../contract/search-attributes.js');
    const typedSearchAttributes = [{ key: copydeskAccount, value: account.handle }];
    const staticSummary = batchSummary({ ...order, account });
    try {
      await this.#client((client) =>
        client.create({
          scheduleId: scheduleWorkflowId(order.id),
          spec: { cronExpressions: [order.cron], timezone: account.timeZone },
          policies: { overlap: POLICY[overlap], catchupWindow: CATCH_UP_MS },
          action: {
            type: 'startWorkflow',
            workflowType: SCHEDULE_WORKFLOW,
            workflowId: scheduleWorkflowId(order.id),
            taskQueue: QUEUES.workflows,
            args: [order],
            staticSummary,
            typedSearchAttributes,
          },
          typedSearchAttributes,
        }),
      );
      await this.#listed(order.id);
      return { scheduleId: order.id };
    } catch (error) {
      if (readTemporalFailure(error) === 'used') throw new UsedIdError(order.id, namespace, 'schedule');
      // What the server says of the times.
      if (error instanceof TypeError)
        throw new UsageError('cron', `cron='${order.cron}' in ${account.timeZone}: ${error.message}`);
      throw this.#calls.explained('adding the schedule', error);
    }
  }

  /**
   * Changes it from its next time on; its id, its last batch and a pause stay. A batch that runs is left as it is.
   *
   * @throws UsageError before anything is changed, RefusedError for another revision than the one that was seen, UnknownIdError
   */
  async change(id: string, change: ScheduleChange): Promise<ScheduleStatus> {
    const { account } = change;
    let sent: Required<ScheduleOrder> | null = null;
    // The server drops a change of a schedule that was changed since it was read, and doesn't say so: we look, and begin again.
    for (let tries = 0; tries < CHANGE_TRIES; tries += 1) {
      const description = await this.#described(id);
      const now = await this.#read(description);
      if (!description || !now) throw this.#unknown(id);
      if (sent !== null && isDeepStrictEqual(description.action.args?.[0], sent)) return now;
      const changed = changedSchedule(now, change);
      const { overlap } = changed;
      sent = scheduleOrder(changed, now.revision + 1);
      const terms = { account, overlap, order: sent };
      await this.#update(description, terms);
      // A run that waits for the end of its batch, so that others queue, would keep Temporal from starting those that skip.
      if (now.overlap === 'queue' && overlap === 'skip' && now.runningBatchId !== null)
        await this.#endRuns(description);
      await sleep(LOOK_EVERY_MS);
    }
    throw new RefusedError(`schedule ${id} changes all the time; try again`);
  }

  /** All of them, those that run next first. */
  async list(): Promise<{ schedules: ScheduleStatus[] }> {
    const ids = await this.#ids().catch((error: unknown) => {
      throw this.#calls.explained('listing the schedules', error);
    });
    const schedules: ScheduleStatus[] = [];
    for (let from = 0; from < ids.length; from += AT_A_TIME) {
      const some = ids.slice(from, from + AT_A_TIME).map((id) => this.#known(id));
      schedules.push(...(await Promise.all(some)).filter((status) => status !== null));
    }
    return { schedules: schedules.toSorted(bySoonest) };
  }

  /** One of them. @throws UnknownIdError */
  async status(id: string): Promise<ScheduleStatus> {
    const status = await this.#known(id);
    if (status === null) throw this.#unknown(id);
    return status;
  }

  /** Starts nothing until it is resumed; times that pass meanwhile are left out. @throws UnknownIdError */
  pause(id: string, { by }: { readonly by: string }): Promise<void> {
    // Temporal does not keep when.
    const now = new Date().toISOString().slice(0, 16).replace('T', ' ');
    return this.#noted(id, `Paused by ${by}, ${now} UTC.`, 'pause');
  }

  /** Ends a pause. @throws UnknownIdError */
  resume(id: string, { by }: { readonly by: string }): Promise<void> {
    return this.#noted(id, `Resumed by ${by}.`, 'unpause');
  }

  /**
   * Starts a batch now, also of a paused one, and waits up to 10 seconds until it is there.
   *
   * @returns the batch; null where it waits for the one before
   * @throws RefusedError with the reason where none is started, UndeliveredError without a worker, UnknownIdError
   */
  async run(id: string): Promise<{ batchId: string | null }> {
    const description = await this.#described(id);
    const before = await this.#read(description);
    if (!description || !before) throw this.#unknown(id);
    const { overlap, runningBatchId } = before;
    // A batch that was started before runs queued has no run that waits for its end.
    const isQueued = overlap === 'queue' && description.info.runningActions.length > 0;
    if (runningBatchId !== null && !isQueued)
      throw new RefusedError(
        `schedule ${id} starts no batch while its batch ${runningBatchId} still runs (overlap: ${overlap})`,
      );
    await this.#ownSecond(id, description);
    await this.#tell(id, 'running', (handle) => handle.trigger(POLICY[overlap]));
    return runningBatchId === null ? this.#started(before) : { batchId: null };
  }

  /**
   * Temporal names a run by the second for which it is planned (temporalio/temporal#3614), and a batch is named after its run: of two
   * runs of one second, the other would find the batch of the first, start none and end.
   */
  async #ownSecond(id: string, { info }: ScheduleDescription): Promise<void> {
    const now = Date.now();
    const recent = info.recentActions.map(({ scheduledAt }) => Math.min(now, scheduledAt.getTime()));
    const turn = Math.max(now, ...[...recent, this.#turns.get(id) ?? 0].map((last) => last + APART_MS));
    this.#turns.set(id, turn);
    await sleep(turn - now);
  }

  /** Takes it away. A batch that it started goes on. @throws UnknownIdError */
  remove(id: string): Promise<void> {
    return this.#tell(id, 'removing', (handle) => handle.delete());
  }

  #ids(): Promise<string[]> {
    return this.#client(async (client) => {
      const ids: string[] = [];
      for await (const { scheduleId } of client.list())
        if (scheduleId.startsWith(PREFIX)) ids.push(scheduleId.slice(PREFIX.length));
      return ids;
    });
  }

  /** Temporal's list lags by a moment. A schedule that is there and not listed yet is no reason to fail. */
  async #listed(id: string): Promise<void> {
    const until = performance.now() + LISTED_WITHIN_MS;
    while (performance.now() < until) {
      const ids = await this.#ids().catch(() => null);
      if (ids === null || ids.includes(id)) return;
      await sleep(LOOK_EVERY_MS);
    }
  }

  async #started({ id, lastBatchId, problem }: ScheduleStatus): Promise<{ batchId: string }> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const now = await this.status(id);
      if (now.problem !== null && now.problem.at !== problem?.at)
        throw new RefusedError(`schedule ${id} started no batch: ${now.problem.message}`);
      if (now.lastBatchId !== null && now.lastBatchId !== lastBatchId) return { batchId: now.lastBatchId };
      if (performance.now() > until) break;
      await sleep(LOOK_EVERY_MS);
    }
    await this.#calls.requireWorkers('workflows', 'record').catch((error: unknown) => {
      throw error instanceof NoWorkerError ? new UndeliveredError(`the run of schedule ${id}`, error) : error;
    });
    throw new UnseenRunError(id);
  }

  async #known(id: string): Promise<ScheduleStatus | null> {
    return this.#read(await this.#described(id));
  }

  /** What Temporal tells of it, with the batch that runs; a run that was skipped for a batch which has ended since is no news. */
  async #read(description: ScheduleDescription | null): Promise<ScheduleStatus | null> {
    const status = description && scheduleStatus(description);
    if (!status) return null;
    const { lastBatchId, problem } = status;
    const isRunning = lastBatchId !== null && (await this.#calls.isRunning('batch', lastBatchId));
    return isRunning
      ? { ...status, runningBatchId: lastBatchId }
      : { ...status, problem: problem?.skipped ? null : problem };
  }

  async #update(description: ScheduleDescription, terms: Parameters<typeof sendScheduleUpdate>[2]) {
    const { client } = this.#calls.temporal;
    try {
      await this.#calls.within(() => sendScheduleUpdate(client, description, terms));
    } catch (error) {
      const { cron, id } = terms.order;
      // What the server says of the times.
      if ((error as { code?: unknown }).code === INVALID_ARGUMENT)
        throw new UsageError('cron', `cron='${cron}' in ${terms.account.timeZone}: ${reasonOf(error)}`);
      throw this.#calls.explained(`changing schedule ${id}`, error);
    }
  }

  /** Ends the runs of a schedule that are open; the batches that they started go on. */
  async #endRuns({ info }: ScheduleDescription): Promise<void> {
    const { workflow } = this.#calls.temporal.client;
    for (const { workflow: run } of info.runningActions)
      await this.#calls.within(() => workflow.getHandle(run.workflowId).cancel()).catch(() => undefined);
  }

  async #described(id: string): Promise<ScheduleDescription | null> {
    try {
      return await this.#client((client) => client.getHandle(scheduleWorkflowId(id)).describe());
    } catch (error) {
      if (readTemporalFailure(error) === 'not_found') return null;
      throw this.#calls.explained(`the status of schedule ${id}`, error);
    }
  }

  /** A pause and its end take a note with them, which would replace what the note tells beside. */
  #noted(id: string, words: string, change: 'pause' | 'unpause'): Promise<void> {
    return this.#tell(id, change === 'pause' ? 'pausing' : 'resuming', async (handle) => {
      const { state } = await handle.describe();
      await handle[change](noteText({ ...readNote(state.note ?? ''), words }));
    });
  }

  async #tell(id: string, what: string, send: (handle: Handle) => Promise<unknown>): Promise<void> {
    try {
      await this.#client((client) => send(client.getHandle(scheduleWorkflowId(id))));
    } catch (error) {
      if (readTemporalFailure(error) === 'not_found') throw this.#unknown(id);
      throw this.#calls.explained(`${what} schedule ${id}`, error);
    }
  }

  #unknown(id: string): UnknownIdError {
    return new UnknownIdError('schedule', id, this.#calls.temporal.namespace);
  }

  #client<T>(call: (client: ScheduleClient) => Promise<T>): Promise<T> {
    return this.#calls.within(() => call(this.#calls.temporal.client.schedule));
  }
}

type ScheduleClient = Calls['temporal']['client']['schedule'];
type Handle = ReturnType<ScheduleClient['getHandle']>;

const PREFIX = scheduleWorkflowId('');

/** Paused ones last. */
function bySoonest(a: ScheduleStatus, b: ScheduleStatus): number {
  const [first = LATEST, second = LATEST] = [a.next[0], b.next[0]];
  return first.localeCompare(second) || a.id.localeCompare(b.id);
}
const LATEST = '~';
