import { BATCH_WORKFLOW } from '../contract/batch.js';
import { accountOf } from '../contract/account.js';
import type { BatchInput } from '../contract/batch.js';
import { batchWorkflowId, postWorkflowId } from '../contract/ids.js';
import {
  approveAllSignal,
  batchStatusQuery,
  cancellingSignal,
  pauseSignal,
  postStatusQuery,
  resumeSignal,
  reviewUpdate,
  setBudgetSignal,
} from '../contract/messages.js';
import type {
  ApproveAll,
  Cancel,
  Pause,
  Resume,
  ReviewRequest,
  ReviewResult,
  SetBudget,
} from '../contract/messages.js';
import type { Rebuilt } from '../contract/rebuild.js';
import type { ReconcileInput, ReconcileProgress, Reconciliation } from '../contract/reconcile.js';
import type { Environment, Settings } from '../contract/settings.js';
import type { BatchStatus, PostStatus } from '../contract/status.js';
import { QUEUE_NAMES, QUEUES, type QueueName } from '../contract/task-queues.js';
import { runRebuild } from './archive/rebuild.js';
import { deskApi } from './desk-api.js';
import type { DeskApi } from './desk-api.js';
import {
  NoNamespaceError,
  NoTemporalError,
  NoWorkerError,
  RefusedError,
  TemporalCallError,
  EndedError,
  UnknownIdError,
  UsedIdError,
} from './errors.js';
import type { Subject } from './errors.js';
import { batchSummary } from './batch-summary.js';
import { listBatches, listCosts, listPosts } from './lists.js';
import type { BatchSummary, Costs, PostSummary } from '../contract/lists.js';
import type { CostFilter, PostFilter } from './lists.js';
import { queuesWithoutWorker } from './queues-without-worker.js';
import { readPostStates } from './post-states.js';
import type { ListedPost } from './post-states.js';
import { runReconcile } from './reconcile.js';
import { connectTemporal } from './temporal.js';
import type { Temporal } from './temporal.js';
import { failureOf, reasonOf } from './temporal-failure.js';

const DEADLINE_MS = 10_000;

/** Copydesk from outside: what the command does, and what any other program may do. */
export interface Copydesk {
  readonly address: string;
  readonly namespace: string;
  /** Starts the workflow `batch/<id>`. @throws UsedIdError */
  startBatch(input: BatchInput): Promise<{ batchId: string }>;
  /** The queues of which no worker has asked for work in the last minutes. */
  queuesWithoutWorker(queues?: readonly QueueName[]): Promise<readonly QueueName[]>;
  /** The workflow's own answer, or the archive's once the workflow can't be asked. @throws UnknownIdError */
  batchStatus(id: string): Promise<BatchStatus>;
  /** The workflow's own answer, or the archive's once the workflow can't be asked. @throws UnknownIdError */
  postStatus(id: string): Promise<PostStatus>;
  /** The posts of a batch by id, as Temporal's list of workflows shows them, which may lag by a moment; one call for all. */
  listPostStates(batchId: string): Promise<ReadonlyMap<string, ListedPost>>;
  /** Sends a decision and waits for its effect. @throws RefusedError with the reason, UnknownIdError */
  review(postId: string, request: ReviewRequest): Promise<ReviewResult>;
  /** Approves what waits in a batch; the signal is delivered, its effect shows in the statuses. @throws RefusedError */
  approveAll(batchId: string, approval: ApproveAll): Promise<void>;
  /** Nothing new is started until it is resumed. The signal is delivered; its effect shows in the status. @throws RefusedError */
  pauseBatch(batchId: string, pause: Pause): Promise<void>;
  /** Goes on after a pause or a block, also with posts blocked by the budget. @throws RefusedError */
  resumeBatch(batchId: string, resume: Resume): Promise<void>;
  /** The most that the batch may spend from now on. @throws RefusedError */
  setBudget(batchId: string, budget: SetBudget): Promise<void>;
  /** Asks a batch to cancel itself and its unpublished posts, whose records name who did. @throws RefusedError when it has ended */
  cancelBatch(id: string, cancellation: Cancel): Promise<void>;
  /** Newest first, from the desk. @throws DeskError */
  listBatches(): Promise<{ batches: BatchSummary[] }>;
  /** From the desk; `waiting` keeps those that wait for a person. @throws UsageError for an unknown account, DeskError */
  listPosts(filter?: PostFilter): Promise<{ posts: PostSummary[] }>;
  /** What was really paid, from the desk; `by` is `day` when left out. @throws DeskError */
  costs(filter?: Partial<CostFilter>): Promise<Costs>;
  /**
   * Compares the archive with what fal billed and keeps the bills; takes as long as it takes. `told` hears how far it is.
   *
   * @throws NoWorkerError, TemporalCallError with the reason when it failed
   */
  reconcile(filter?: ReconcileInput, told?: (progress: ReconcileProgress) => void): Promise<Reconciliation>;
  /** Writes the record of what Temporal still knows to the archive; takes as long as it takes. @throws NoWorkerError */
  rebuildArchive(told?: (progress: Rebuilt) => void): Promise<Rebuilt>;
  close(): Promise<void>;
}

/**
 * Connects to Temporal; the desk is asked only when a call needs it. Each call answers or fails within about 10 seconds.
 *
 * @throws NoTemporalError
 * @example
 * const copydesk = await connectCopydesk({ settings: readSettings(process.env), env: process.env });
 * try { console.log(await copydesk.postStatus('UpkTZ26nc9Eb')); } finally { await copydesk.close(); }
 */
export async function connectCopydesk(options: { settings: Settings; env: Environment }): Promise<Copydesk> {
  const temporal = await connectTemporal(options.settings, options.env);
  return new TemporalCopydesk(temporal, deskApi(options.settings));
}

class TemporalCopydesk implements Copydesk {
  readonly #temporal: Temporal;
  readonly #desk: DeskApi;

  constructor(temporal: Temporal, desk: DeskApi) {
    this.#temporal = temporal;
    this.#desk = desk;
  }

  get address(): string {
    return this.#temporal.address;
  }

  get namespace(): string {
    return this.#temporal.namespace;
  }

  async startBatch(input: BatchInput): Promise<{ batchId: string }> {
    const { copydeskAccount, copydeskBatch } = await import('../contract/search-attributes.js');
    try {
      await this.#within(() =>
        this.#temporal.client.workflow.start(BATCH_WORKFLOW, {
          workflowId: batchWorkflowId(input.id),
          taskQueue: QUEUES.workflows,
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          args: [{ ...input, account: accountOf(input.account, input.planner) }],
          staticSummary: batchSummary(input),
          typedSearchAttributes: [
            { key: copydeskAccount, value: input.account.handle },
            { key: copydeskBatch, value: input.id },
          ],
        }),
      );
      return { batchId: input.id };
    } catch (error) {
      if (failureOf(error) === 'used') throw new UsedIdError(input.id, this.namespace);
      throw this.#explained('starting the batch', error);
    }
  }

  async queuesWithoutWorker(queues: readonly QueueName[] = QUEUE_NAMES): Promise<readonly QueueName[]> {
    try {
      return await this.#within(() => queuesWithoutWorker(this.#temporal, queues));
    } catch (error) {
      throw this.#explained('asking for workers', error);
    }
  }

  async #requireWorkers(...queues: QueueName[]): Promise<void> {
    const [missing] = await this.queuesWithoutWorker(queues);
    if (missing) throw new NoWorkerError(QUEUES[missing], this.address);
  }

  batchStatus(id: string): Promise<BatchStatus> {
    return this.#status('batch', id, () => this.#handle('batch', id).query(batchStatusQuery));
  }

  postStatus(id: string): Promise<PostStatus> {
    return this.#status('post', id, () => this.#handle('post', id).query(postStatusQuery));
  }

  async listPostStates(batchId: string): Promise<ReadonlyMap<string, ListedPost>> {
    try {
      return await this.#within(() => readPostStates(this.#temporal.client, batchId));
    } catch (error) {
      throw this.#explained(`the posts of batch ${batchId}`, error);
    }
  }

  async review(postId: string, request: ReviewRequest): Promise<ReviewResult> {
    try {
      const handle = this.#handle('post', postId);
      return await this.#within(() => handle.executeUpdate(reviewUpdate, { args: [request] }));
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'refused') throw new RefusedError(`post ${postId}: ${reasonOf(error)}`);
      if (failure === 'not_found') throw await this.#ended('post', postId, request.decision);
      throw this.#explained(`the decision on post ${postId}`, error);
    }
  }

  async approveAll(batchId: string, approval: ApproveAll): Promise<void> {
    await this.#tell(batchId, 'approve', () =>
      this.#handle('batch', batchId).signal(approveAllSignal, approval),
    );
  }

  pauseBatch(batchId: string, pause: Pause): Promise<void> {
    return this.#tell(batchId, 'pause', () => this.#handle('batch', batchId).signal(pauseSignal, pause));
  }

  resumeBatch(batchId: string, resume: Resume): Promise<void> {
    return this.#tell(batchId, 'resume', () => this.#handle('batch', batchId).signal(resumeSignal, resume));
  }

  setBudget(batchId: string, budget: SetBudget): Promise<void> {
    return this.#tell(batchId, 'set the budget', () =>
      this.#handle('batch', batchId).signal(setBudgetSignal, budget),
    );
  }

  async cancelBatch(id: string, cancellation: Cancel): Promise<void> {
    // The server takes the cancellation of an ended workflow without a word.
    if (!(await this.#isRunning('batch', id))) throw await this.#ended('batch', id, 'cancel');
    // Temporal's cancellation names nobody, so the name goes before it.
    await this.#tell(id, 'cancel', () => this.#handle('batch', id).signal(cancellingSignal, cancellation));
    await this.#tell(id, 'cancel', () => this.#handle('batch', id).cancel());
  }

  listBatches(): Promise<{ batches: BatchSummary[] }> {
    return listBatches(this.#desk);
  }

  listPosts(filter?: PostFilter): Promise<{ posts: PostSummary[] }> {
    return listPosts(this.#desk, filter);
  }

  costs({ by = 'day', since }: Partial<CostFilter> = {}): Promise<Costs> {
    return listCosts(this.#desk, { by, since });
  }

  async reconcile(
    filter: ReconcileInput = {},
    told: (progress: ReconcileProgress) => void = () => {},
  ): Promise<Reconciliation> {
    await this.#requireWorkers('workflows', 'media');
    return runReconcile(this.#temporal.client, filter, told).catch((error: unknown) => {
      throw this.#explained('the comparison', error);
    });
  }

  async rebuildArchive(told: (progress: Rebuilt) => void = () => {}): Promise<Rebuilt> {
    await this.#requireWorkers('workflows', 'record');
    return runRebuild(this.#temporal.client, told).catch((error: unknown) => {
      throw this.#explained('rebuilding the archive', error);
    });
  }

  close(): Promise<void> {
    return this.#temporal.close();
  }

  #handle(subject: Subject, id: string) {
    const workflowId = subject === 'batch' ? batchWorkflowId(id) : postWorkflowId(id);
    return this.#temporal.client.workflow.getHandle(workflowId);
  }

  #within<T>(call: () => Promise<T>): Promise<T> {
    return this.#temporal.client.withDeadline(Date.now() + DEADLINE_MS, call);
  }

  async #status<T>(subject: Subject, id: string, query: () => Promise<T>): Promise<T> {
    try {
      return await this.#within(query);
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'no_server' || failure === 'denied')
        throw this.#explained(`the ${subject}'s status`, error);
      const known = failure !== 'not_found';
      if (known && (await this.#isRunning(subject, id))) {
        throw this.#explained(`the status of ${subject} ${id}`, error);
      }
      return this.#archived<T>(subject, id, known);
    }
  }

  /** Whether the server itself, without any worker, knows the run as open. */
  async #isRunning(subject: Subject, id: string): Promise<boolean> {
    try {
      const { status } = await this.#within(() => this.#handle(subject, id).describe());
      return status.name === 'RUNNING' || status.name === 'PAUSED';
    } catch (error) {
      if (failureOf(error) === 'not_found') return false;
      throw this.#explained(`the state of ${subject} ${id}`, error);
    }
  }

  /** @param known whether Temporal still lists the run, which has ended */
  async #archived<T>(subject: Subject, id: string, known: boolean): Promise<T> {
    const address = subject === 'batch' ? `/api/batches/${id}` : `/api/posts/${id}`;
    const unavailable = (detail: string): Error =>
      known
        ? new EndedError(subject, id, detail)
        : new UnknownIdError(subject, id, this.namespace, `, and ${detail}`);
    const document = await this.#desk.get<T>(address).catch((error: Error) => {
      throw unavailable(error.message);
    });
    if (document !== null) return document;
    throw known
      ? unavailable('the archive has no record of it')
      : new UnknownIdError(subject, id, this.namespace);
  }

  async #tell(batchId: string, what: string, send: () => Promise<unknown>): Promise<void> {
    try {
      await this.#within(send);
    } catch (error) {
      if (failureOf(error) === 'not_found') throw await this.#ended('batch', batchId, what);
      throw this.#explained(`${what} of batch ${batchId}`, error);
    }
  }

  /** Why a message could not be delivered: what the ended workflow came to, or that there never was one. */
  async #ended(subject: Subject, id: string, decision: string): Promise<Error> {
    try {
      const { status } = subject === 'batch' ? await this.batchStatus(id) : await this.postStatus(id);
      return new RefusedError(`${subject} ${id} is ${status}; it is too late to ${decision}`);
    } catch (error) {
      return error as Error;
    }
  }

  #explained(operation: string, error: unknown): Error {
    switch (failureOf(error)) {
      case 'no_poller':
      case 'timeout':
        return new NoWorkerError(QUEUES.workflows, this.address);
      case 'no_server':
        return new NoTemporalError(this.address);
      case 'no_namespace':
        return new NoNamespaceError(this.namespace, this.address);
      default:
        return new TemporalCallError(operation, this.address, reasonOf(error).replace(/\s+/g, ' '));
    }
  }
}
