import { batchWorkflowId, postWorkflowId } from '../contract/ids.js';
import { isBatchFinal, isFinal } from '../contract/states.js';
import { batchStatusQuery, postStatusQuery } from '../contract/messages.js';
import type { BatchStatus, PostStatus } from '../contract/status.js';
import { QUEUE_NAMES, QUEUES, type QueueName } from '../contract/task-queues.js';
import type { DeskApi } from './desk-api.js';
import {
  EndedError,
  NoNamespaceError,
  NoTemporalError,
  NoWorkerError,
  RefusedError,
  TemporalCallError,
  UnknownIdError,
  type Subject,
} from './errors.js';
import { queuesWithoutWorker } from './queues-without-worker.js';
import { within } from './wait.js';
import type { Temporal } from './temporal.js';
import { readTemporalFailure, reasonOf } from './temporal-failure.js';

interface Statuses {
  readonly batch: BatchStatus;
  readonly post: PostStatus;
}

const QUERIES = { batch: batchStatusQuery, post: postStatusQuery } as const;

const addressOf = (subject: Subject, id: string): string =>
  subject === 'batch' ? `/api/batches/${id}` : `/api/posts/${id}`;

/** Whether the archive may know more of it: what is out may have been edited or taken back since the workflow ended. */
const mayBeBehind = (answer: BatchStatus | PostStatus): boolean =>
  'counts' in answer
    ? isBatchFinal(answer.status) && answer.counts.published !== undefined
    : answer.status === 'published';

const isNewer = (archived: BatchStatus | PostStatus, answer: BatchStatus | PostStatus): boolean =>
  'counts' in archived
    ? archived.counts.unpublished !== undefined
    : archived.status === 'unpublished' || archived.revision > (answer as PostStatus).revision;

/** Why nobody hears a decision on what has no workflow that runs. */
export function whyUnheard(ended: BatchStatus | PostStatus, decision: string): string {
  const { status, error } = ended;
  const isOver = 'counts' in ended ? isBatchFinal(ended.status) : isFinal(ended.status);
  if (!isOver)
    return `was ${status} when its workflow was terminated or lost, so nobody hears the ${decision}; start another batch for what is missing`;
  if (decision === 'resume' && status === 'published' && error === null)
    return 'is published; there is nothing to mend';
  return `is ${status}; it is too late to ${decision}`;
}

/** How workflows are asked and told: each call answers within 10 seconds, or fails with what a person can do about it. */
export class Calls {
  readonly temporal: Temporal;
  readonly desk: DeskApi;

  constructor(temporal: Temporal, desk: DeskApi) {
    this.temporal = temporal;
    this.desk = desk;
  }

  handle(subject: Subject, id: string) {
    const workflowId = subject === 'batch' ? batchWorkflowId(id) : postWorkflowId(id);
    return this.temporal.client.workflow.getHandle(workflowId);
  }

  within<T>(call: () => Promise<T>): Promise<T> {
    return within(this.temporal.client, call);
  }

  /** The workflow's own answer, or the archive's once the workflow can't be asked. @throws UnknownIdError, EndedError */
  async status<S extends Subject>(subject: S, id: string): Promise<Statuses[S]> {
    try {
      const { name } = QUERIES[subject];
      const answer = await this.within(() => this.handle(subject, id).query<Statuses[S]>(name));
      return await this.#sincePublished(subject, id, answer);
    } catch (error) {
      const failure = readTemporalFailure(error);
      if (failure === 'no_server' || failure === 'denied')
        throw this.explained(`the ${subject}'s status`, error);
      const known = failure !== 'not_found';
      if (known && (await this.isRunning(subject, id))) {
        throw this.explained(`the status of ${subject} ${id}`, error);
      }
      return this.#archived<Statuses[S]>(subject, id, known);
    }
  }

  /** Whether the server itself, without any worker, knows the run as open. */
  async isRunning(subject: Subject, id: string): Promise<boolean> {
    try {
      const { status } = await this.within(() => this.handle(subject, id).describe());
      return status.name === 'RUNNING' || status.name === 'PAUSED';
    } catch (error) {
      if (readTemporalFailure(error) === 'not_found') return false;
      throw this.explained(`the state of ${subject} ${id}`, error);
    }
  }

  /** Why a message could not be delivered: what the ended workflow came to, or that there never was one. */
  async ended(subject: Subject, id: string, decision: string): Promise<Error> {
    try {
      const ended = await this.status(subject, id);
      return new RefusedError(`${subject} ${id} ${whyUnheard(ended, decision)}`);
    } catch (error) {
      return error as Error;
    }
  }

  /** The queues of which no worker has asked for work in the last minutes. */
  async queuesWithoutWorker(queues: readonly QueueName[] = QUEUE_NAMES): Promise<readonly QueueName[]> {
    try {
      return await this.within(() => queuesWithoutWorker(this.temporal, queues));
    } catch (error) {
      throw this.explained('asking for workers', error);
    }
  }

  /** @throws NoWorkerError */
  async requireWorkers(...queues: QueueName[]): Promise<void> {
    const [missing] = await this.queuesWithoutWorker(queues);
    if (missing) throw new NoWorkerError(QUEUES[missing], this.temporal.address);
  }

  /** A failed call to Temporal as an error that names the remedy. */
  explained(operation: string, error: unknown): Error {
    const { address, namespace } = this.temporal;
    switch (readTemporalFailure(error)) {
      case 'no_poller':
      case 'timeout':
        return new NoWorkerError(QUEUES.workflows, address);
      case 'no_server':
        return new NoTemporalError(address);
      case 'no_namespace':
        return new NoNamespaceError(namespace, address);
      default:
        return new TemporalCallError(operation, address, reasonOf(error).replace(/\s+/g, ' '));
    }
  }

  /** A workflow that has ended when a post is edited or unpublished can't know; the archive does. Without the desk it is as it was. */
  async #sincePublished<S extends Subject>(
    subject: S,
    id: string,
    answer: Statuses[S],
  ): Promise<Statuses[S]> {
    if (!mayBeBehind(answer)) return answer;
    const archived = await this.desk.get<Statuses[S]>(addressOf(subject, id)).catch(() => null);
    return archived && isNewer(archived, answer) ? archived : answer;
  }

  /** @param known whether Temporal still lists the run, which has ended */
  async #archived<T>(subject: Subject, id: string, known: boolean): Promise<T> {
    const { namespace } = this.temporal;
    const unavailable = (detail: string): Error =>
      known
        ? new EndedError(subject, id, detail)
        : new UnknownIdError(subject, id, namespace, `, and ${detail}`);
    const document = await this.desk.get<T>(addressOf(subject, id)).catch((error: Error) => {
      throw unavailable(error.message);
    });
    if (document !== null) return document;
    throw known ? unavailable('the archive has no record of it') : new UnknownIdError(subject, id, namespace);
  }
}
