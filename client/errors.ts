import { CopydeskError } from '../contract/errors.js';

/** No Temporal server answers. */
export class NoTemporalError extends CopydeskError {
  override name = 'NoTemporalError' as const;
  constructor(address: string, detail?: string) {
    const why = detail ? ` (${detail})` : '';
    super(`no Temporal server at ${address}${why}; start it with npm start, or set TEMPORAL_ADDRESS`);
  }
}

/** The server answers and has no such namespace. */
export class NoNamespaceError extends CopydeskError {
  override name = 'NoNamespaceError' as const;
  override readonly field = 'TEMPORAL_NAMESPACE';
  constructor(namespace: string, address: string) {
    super(
      `no namespace ${namespace} at ${address}; create it, or set TEMPORAL_NAMESPACE to one that is there`,
    );
  }
}

/** The server answers, and no worker does. */
export class NoWorkerError extends CopydeskError {
  override name = 'NoWorkerError' as const;
  constructor(taskQueue: string, address: string) {
    super(`no worker is polling task queue ${taskQueue} at ${address}; start one with npm start`);
  }
}

/** The server answered a call with an error that is none of the others. */
export class TemporalCallError extends CopydeskError {
  override name = 'TemporalCallError' as const;
  constructor(operation: string, address: string, detail: string) {
    super(`${operation} failed at ${address}: ${detail}`);
  }
}

export type Subject = 'batch' | 'post';

/** Neither Temporal nor the archive has it. */
export class UnknownIdError extends CopydeskError {
  override name = 'UnknownIdError' as const;
  override readonly field = 'id';
  constructor(subject: Subject | 'schedule' | 'chat', id: string, namespace: string, detail = '') {
    super(`no ${subject} with id ${id} in namespace ${namespace}${detail}`);
  }
}

/** Temporal knows that it has ended and can't tell more; the archive would, and can't be asked or has no record. */
export class EndedError extends CopydeskError {
  override name = 'EndedError' as const;
  constructor(subject: Subject, id: string, detail: string) {
    super(`${subject} ${id} has ended, its workflow can't be asked any more, and ${detail}`);
  }
}

/** An id that was used before: a batch's is never used twice, a schedule's not while it is there. */
export class UsedIdError extends CopydeskError {
  override name = 'UsedIdError' as const;
  override readonly field = 'id';
  constructor(id: string, namespace: string, subject: 'batch' | 'schedule' = 'batch') {
    super(
      `id='${id}' is already used by a ${subject} in namespace ${namespace}; leave --id out to draw a new one`,
    );
  }
}

/** A decision that came too late, for another revision, or that the post does not take; a question that gets no answer. */
export class RefusedError extends CopydeskError {
  override name: string = 'RefusedError';
}

/** A question that the account's money does not hold: of the day for chats, or of the month. Nothing was paid for it. */
export class BudgetError extends RefusedError {
  override name = 'BudgetError' as const;
  override readonly field = 'chat.dailyBudget';
}

/** A question to an account that answers nobody. */
export class ChatOffError extends RefusedError {
  override name = 'ChatOffError' as const;
  override readonly field = 'chat';
  constructor(handle: string) {
    super(`@${handle} answers no questions; set chat: { enabled: true } in accounts/${handle}.yaml`);
  }
}

/** A question that was taken, and whose answer has not come in time. */
export class UnansweredError extends CopydeskError {
  override name = 'UnansweredError' as const;
  constructor(chatId: string, seconds: number) {
    super(
      `chat ${chatId} has not answered within ${seconds} seconds; what it comes to will stand in the conversation at the desk`,
    );
  }
}

/** A message that the server keeps for a worker to come; whether it takes effect can't be seen yet. */
export class UndeliveredError extends CopydeskError {
  override name = 'UndeliveredError' as const;
  constructor(what: string, cause: NoWorkerError) {
    super(`${what} was sent and takes effect once a worker runs; ${cause.message}`, { cause });
  }
}

/** An order that was taken and, 10 seconds later, does not show in the batch's status. */
export class UnseenError extends CopydeskError {
  override name = 'UnseenError' as const;
  constructor(order: string, batchId: string, status: string) {
    super(
      `batch ${batchId} is still ${status} 10 seconds after the ${order} was sent; copydesk batch status ${batchId} tells more`,
    );
  }
}

/** A run of a schedule that was taken and, 10 seconds later, has started no batch and says no reason. */
export class UnseenRunError extends CopydeskError {
  override name = 'UnseenRunError' as const;
  constructor(scheduleId: string) {
    super(
      `schedule ${scheduleId} was told to run, and 10 seconds later there is no batch; copydesk schedule list tells more`,
    );
  }
}

/** The desk, which answers for what has outlived its workflow, can't be asked. */
export class DeskError extends CopydeskError {
  override name = 'DeskError' as const;
}
