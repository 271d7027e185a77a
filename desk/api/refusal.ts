import type { Account } from '../../contract/account.js';
import type { RefusalStatus } from '../../contract/api/endpoint.js';
import { ArchiveAway } from '../../services/archive/database.js';
import { BadRequest } from '../http/bad-request.js';
import { CopydeskError, UsageError } from '../../contract/errors.js';
import { EndedError, RefusedError, UnknownIdError, UsedIdError } from '../../client/errors.js';
import { LiveStatusUnavailable } from '../reading/reader.js';
import type { DeskDeps } from '../deps.js';
import { accountHint } from '../../config/accounts/explain.js';

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
  const { message, field, retryAfter } = error as Error & Partial<TooOften>;
  return { status, message, field, retryAfter };
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

/** @throws ApiRefusal for an account that has neither a file nor a batch */
export async function requireAccount(
  { archive, accounts }: Pick<DeskDeps, 'archive' | 'accounts'>,
  handle: string,
): Promise<void> {
  const [files, recorded] = await Promise.all([accounts.handles(), archive.records.listAccounts()]);
  const known = [...new Set([...files, ...recorded.map((account) => account.handle)])].toSorted();
  if (known.includes(handle)) return;
  const hint = accountHint(handle, known);
  throw new ApiRefusal(404, `account='${handle.slice(0, 60)}' has no file and no posts; ${hint}`, 'account');
}

/** An account that has a file, by the handle in a body. @throws ApiRefusal */
export async function requireAccountFile(accounts: DeskDeps['accounts'], handle: string): Promise<Account> {
  const account = await accounts.account(handle);
  if (!account) throw new ApiRefusal(400, await unknownAccount(accounts, handle), 'account');
  return account;
}

export async function unknownAccount(accounts: DeskDeps['accounts'], handle: string): Promise<string> {
  const known = await accounts.handles();
  const shown = `account='${handle.slice(0, 60)}'`;
  if (known.includes(handle)) return `${shown} has a file with problems; copydesk accounts check lists them`;
  return `${shown} has no file; ${accountHint(handle, known)}`;
}
