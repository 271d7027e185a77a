import { ApplicationFailure } from '@temporalio/common';
import { ProviderError } from '../services/provider-error.js';
import type { TurnedAway } from './attempt.js';
import { PROVIDER_FAILURES, type FailureAction, type ProviderFailure } from './provider-failures-table.js';

export type { FailureAction } from './provider-failures-table.js';

/** The longest that a provider's Retry-After is followed, in ms; a longer one is tried again after this. */
const LONGEST_DELAY_MS = 300_000;

export interface Verdict {
  readonly type: string;
  readonly action: FailureAction;
  readonly retryAfterMs: number | null;
}

/** What the failure table says of a provider's error. */
export function verdictOn(error: ProviderError): Verdict {
  const { type, action } = PROVIDER_FAILURES.find((row) => row.matches(error)) as ProviderFailure;
  const retryAfterMs = error.retryAfterMs === null ? null : Math.min(error.retryAfterMs, LONGEST_DELAY_MS);
  return { type, action, retryAfterMs };
}

/** A provider's error, of a call that it did not take, for the workflow to act on. */
export function turnedAway(error: ProviderError): TurnedAway {
  const { type, action, retryAfterMs } = verdictOn(error);
  return {
    outcome: 'turned_away',
    then: action === 'block' ? 'block' : 'again',
    afterMs: retryAfterMs,
    error: { type, message: error.message, requestId: error.requestId },
  };
}

/** A provider's error as the failure that Temporal acts on: retried, or handed to the workflow to block on. */
export function asFailure(error: ProviderError): ApplicationFailure {
  return failure(error, verdictOn(error).action === 'retry');
}

/** The same for a call that costs nothing: retried whatever the table says of one that is paid. */
export function asRetried(error: ProviderError): ApplicationFailure {
  return failure(error, true);
}

/** For what costs nothing and may be repeated: a lost answer is only another reason to try again. */
export function throwAgain(error: unknown): never {
  if (!(error instanceof ProviderError)) throw error;
  throw error.kind === 'lost' ? asRetried(error) : asFailure(error);
}

/** Without the client's error as its cause: its words and stack are the provider's, as they came. */
function failure(error: ProviderError, retried: boolean): ApplicationFailure {
  const { type, retryAfterMs } = verdictOn(error);
  return ApplicationFailure.create({
    type,
    message: error.message,
    nonRetryable: !retried,
    nextRetryDelay: retried && retryAfterMs !== null ? retryAfterMs : undefined,
    details: [{ requestId: error.requestId }],
  });
}
