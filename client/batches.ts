import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { nearest } from '../config/nearest.js';
import type { Account } from '../contract/account.js';
import {
  BATCH_WORKFLOW,
  batchSummary,
  keepPlanner,
  type BatchInput,
  type CopyOrder,
} from '../contract/batch.js';
import { batchWorkflowId, ID_PATTERN, newId } from '../contract/ids.js';
import type { BatchSummary } from '../contract/lists.js';
import {
  approveAllSignal,
  cancellingSignal,
  pauseSignal,
  resumeSignal,
  setBudgetSignal,
  type ApproveAll,
  type Cancel,
  type Pause,
  type Resume,
  type SetBudget,
} from '../contract/messages.js';
import { checkMix, type Mix } from '../contract/mix.js';
import { toNano } from '../contract/money/nano.js';
import { UsageError } from '../contract/errors.js';
import type { BatchStatus } from '../contract/status.js';
import { priorityOf } from '../contract/priority.js';
import { QUEUES } from '../contract/task-queues.js';
import type { Calls } from './calls.js';
import { UsedIdError } from './errors.js';
import { listBatches, readPostStates, type ListedPost } from './lists.js';
import { isSettled } from './wait.js';
import { readTemporalFailure } from './temporal-failure.js';

const LOOK_EVERY_MS = 1_000;

/** What is asked for: one run of a planner. */
export interface NewBatch {
  /** As the batch keeps it: later changes of its file don't reach this batch. */
  readonly account: Account;
  /** One of the account's. */
  readonly planner: string;
  /** `{ video: 1, hero_text: 4 }`: 1 to 2,000 posts in all. */
  readonly mix: Mix;
  /** What this batch should be about. */
  readonly brief?: string | null;
  /** Why something that the account has told lately is wanted again; a plan repeats nothing when left out. */
  readonly repeat?: string | null;
  /** The most that it may spend, in US dollars; the account's `budget.batch` when left out. */
  readonly budgetUsd?: number;
  /** The post that its only one is a copy of: nothing is planned. */
  readonly copy?: CopyOrder;
  /** 12 characters of `A-Za-z0-9`, never used before; drawn when left out. */
  readonly id?: string;
}

/** The batches of a Copydesk. */
export class Batches {
  readonly #calls: Calls;
  readonly #deskUrl: string;

  /** @param deskUrl where people reach the desk, for links in the Temporal UI */
  constructor(calls: Calls, deskUrl: string) {
    this.#calls = calls;
    this.#deskUrl = deskUrl;
  }

  /** Starts the workflow `batch/<id>`. @throws UsageError before anything is started, UsedIdError */
  async start(order: NewBatch): Promise<{ batchId: string }> {
    const input = batchInput(order, this.#deskUrl);
    const { temporal } = this.#calls;
    const { copydeskAccount, copydeskBatch } = await import('../contract/search-attributes.js');
    try {
      await this.#calls.within(() =>
        temporal.client.workflow.start(BATCH_WORKFLOW, {
          workflowId: batchWorkflowId(input.id),
          taskQueue: QUEUES.workflows,
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          args: [input],
          staticSummary: batchSummary(input),
          priority: priorityOf(input.account.handle),
          typedSearchAttributes: [
            { key: copydeskAccount, value: input.account.handle },
            { key: copydeskBatch, value: input.id },
          ],
        }),
      );
      return { batchId: input.id };
    } catch (error) {
      if (readTemporalFailure(error) === 'used') throw new UsedIdError(input.id, temporal.namespace);
      throw this.#calls.explained('starting the batch', error);
    }
  }

  /** The workflow's own answer, or the archive's once the workflow can't be asked. @throws UnknownIdError */
  status(id: string): Promise<BatchStatus> {
    return this.#calls.status('batch', id);
  }

  /** Waits, however long it takes, until every post waits for a person or a slot, is final or blocked. @throws as `status` */
  async settled(id: string): Promise<BatchStatus> {
    for (;;) {
      const status = await this.status(id);
      if (isSettled(status)) return status;
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Its posts by id, as Temporal's list of workflows shows them, which may lag by a moment; one call for all. */
  async postStates(id: string): Promise<ReadonlyMap<string, ListedPost>> {
    try {
      return await this.#calls.within(() => readPostStates(this.#calls.temporal.client, id));
    } catch (error) {
      throw this.#calls.explained(`the posts of batch ${id}`, error);
    }
  }

  /** Approves what waits; the signal is delivered, its effect shows in the statuses. @throws RefusedError */
  approveAll(id: string, approval: ApproveAll): Promise<void> {
    return this.#send(id, 'approve', () => this.#handle(id).signal(approveAllSignal, approval));
  }

  /** Nothing new is started until it is resumed. The signal is delivered; its effect shows in the status. @throws RefusedError */
  pause(id: string, pause: Pause): Promise<void> {
    return this.#send(id, 'pause', () => this.#handle(id).signal(pauseSignal, pause));
  }

  /** Ends a pause or a block, also of posts that the budget blocked. @throws RefusedError */
  resume(id: string, resume: Resume): Promise<void> {
    return this.#send(id, 'resume', () => this.#handle(id).signal(resumeSignal, resume));
  }

  /** The most that the batch may spend from now on. @throws RefusedError */
  setBudget(id: string, budget: SetBudget): Promise<void> {
    return this.#send(id, 'set the budget', () => this.#handle(id).signal(setBudgetSignal, budget));
  }

  /** Asks it to cancel itself and its unpublished posts, whose records name who did. @throws RefusedError when it has ended */
  async cancel(id: string, cancellation: Cancel): Promise<void> {
    // The server takes the cancellation of an ended workflow without a word.
    if (!(await this.#calls.isRunning('batch', id))) throw await this.#calls.ended('batch', id, 'cancel');
    // Temporal's cancellation names nobody, so the name goes before it.
    await this.#send(id, 'cancel', () => this.#handle(id).signal(cancellingSignal, cancellation));
    await this.#send(id, 'cancel', () => this.#handle(id).cancel());
  }

  /** Newest first, from the desk. @throws DeskError */
  list(): Promise<{ batches: BatchSummary[] }> {
    return listBatches(this.#calls.desk);
  }

  #handle(id: string) {
    return this.#calls.handle('batch', id);
  }

  async #send(id: string, what: string, send: () => Promise<unknown>): Promise<void> {
    try {
      await this.#calls.within(send);
    } catch (error) {
      if (readTemporalFailure(error) === 'not_found') throw await this.#calls.ended('batch', id, what);
      throw this.#calls.explained(`${what} of batch ${id}`, error);
    }
  }
}

/** What the workflow is started with. @throws UsageError for a planner, mix, budget or id that can't be */
export function batchInput(order: NewBatch, deskUrl: string): BatchInput {
  const { account, planner, brief = null, repeat, budgetUsd, id = newId((max) => randomInt(max)) } = order;
  if (!ID_PATTERN.test(id))
    throw new UsageError('id', `id='${id}' is not an id: 12 characters of A-Z, a-z and 0-9`);
  requirePlanner(account, planner);
  const mix = checkMix(order.mix);
  if ('problem' in mix) throw new UsageError('mix', `mix: ${mix.problem}`);
  const budget = budgetUsd === undefined ? account.budget.batch : toNano(budgetUsd);
  if (!(budget >= 0))
    throw new UsageError('budgetUsd', `budgetUsd='${budgetUsd}' is not an amount of 0 or more`);
  return {
    id,
    planner,
    brief,
    budget,
    deskUrl,
    ...(repeat && { repeat }),
    ...(order.copy && { copy: order.copy }),
    account: keepPlanner(account, planner),
    mix: mix.mix,
  };
}

/** @throws UsageError with the planner that may have been meant, or all that there are */
function requirePlanner(account: Account, name: string): void {
  if (Object.hasOwn(account.planners, name)) return;
  const known = Object.keys(account.planners);
  const meant = nearest(name, known);
  const hint = meant ? `did you mean ${meant}?` : `it has ${known.join(', ')}`;
  throw new UsageError('planner', `planner='${name}' is not one of @${account.handle}; ${hint}`);
}
