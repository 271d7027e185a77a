import { CopydeskError, UsageError } from '../../contract/errors.js';
import type { RefusalStatus } from '../../contract/api/endpoint.js';
import { EndedError, RefusedError, UnknownIdError, UsedIdError } from '../../client/errors.js';
import { ArchiveAway } from '../../services/archive/database.js';
import { LiveStatusUnavailable } from '../reading/live.js';
import { BadRequest } from '../safety/bad-request.js';

/** Why the API does not do what was asked. */
export class ApiRefusal extends Error {
  override name = 'Refusal' as const;
  readonly status: RefusalStatus;
  /** The field at fault. */
  readonly field?: string;
  constructor(status: RefusalStatus, message: string, field?: string) {
    super(message);
    this.status = status;
    if (field !== undefined) this.field = field;
  }
}

/** Asked too often, or on a budget that is used up: 429. */
export class TooOften extends ApiRefusal {
  /** After how many seconds to come again. */
  readonly retryAfter: number;
  constructor(message: string, retryAfter: number) {
    super(429, message);
    this.retryAfter = retryAfter;
  }
}

/** What an answer says of an error. */
export interface ToldError {
  readonly status: RefusalStatus;
  readonly message: string;
  readonly field?: string;
  /** In seconds. */
  readonly retryAfter?: number;
}

/** Its reason names servers and folders, which are no visitor's business; the log has it, once for each outage. */
const ARCHIVE_AWAY =
  "The desk's archive is away just now; try again in a minute. What is being made continues meanwhile.";

/** What the API answers for an error that is not the desk's own fault; null for one that is. */
export function toldOf(error: unknown): ToldError | null {
  if (error instanceof ArchiveAway) return { status: 503, message: ARCHIVE_AWAY };
  const status = statusOf(error);
  if (status === null) return null;
  const { message, field } = error as Error & { field?: string };
  return {
    ...{ status, message },
    ...(field !== undefined && { field }),
    ...(error instanceof TooOften && { retryAfter: error.retryAfter }),
  };
}

function statusOf(error: unknown): RefusalStatus | null {
  if (error instanceof ApiRefusal || error instanceof BadRequest) return error.status;
  if (error instanceof UsageError) return 400;
  if (error instanceof UnknownIdError) return 404;
  if ([RefusedError, EndedError, UsedIdError].some((kind) => error instanceof kind)) return 409;
  // The others of the client say that Temporal, a worker or the archive does not answer.
  if (error instanceof CopydeskError || error instanceof LiveStatusUnavailable) return 503;
  return null;
}
