import { ApplicationFailure } from '@temporalio/common';
import { ProviderError } from '../services/provider-error.js';
import type { TurnedAway } from './attempt.js';

/**
 * What a failed call of a provider leads to: `retry`, nothing was made and it is sent again after the provider's own delay;
 * `lost`, it may have been made and billed, so its caller decides; `block`, only a person can mend it.
 */
type FailureAction = 'retry' | 'lost' | 'block';

/** A way in which a call to a provider can fail, told by its answer. */
interface ProviderFailure {
  /** As a post's `error.type` and Temporal's histories name it. `docs/failures.md` says of each what a person does about it. */
  readonly type: string;
  readonly action: FailureAction;
  readonly matches: (error: ProviderError) => boolean;
}

const status =
  (...codes: number[]) =>
  (error: ProviderError): boolean =>
    codes.includes(error.status ?? 0);

const code =
  (...codes: string[]) =>
  (error: ProviderError): boolean =>
    codes.includes(error.code ?? '');

/** Of OpenAI (guides/error-codes), with any status; `exhausted_balance` is our name for fal's "User is locked". */
const QUOTA = code(
  'insufficient_quota',
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
  'project_spend_limit_exceeded',
  'billing_hard_limit_reached',
  'billing_not_active',
  'exhausted_balance',
);
const POLICY = code('content_policy_violation', 'moderation_blocked', 'content_filter', 'invalid_prompt');

/** What fal answers for a job that ended without output (fal's docs, "Errors"); 499 is a cancelled one. */
const jobFailed = (error: ProviderError): boolean =>
  error.provider === 'fal' && (status(422, 499)(error) || error.code === 'downstream_service_error');

/** Calls to OpenAI and fal. The first row that matches wins. */
export const PROVIDER_FAILURES: readonly ProviderFailure[] = [
  { type: 'Provider.Unreachable', action: 'retry', matches: (error) => error.kind === 'unreachable' },
  { type: 'Provider.LostReply', action: 'lost', matches: (error) => error.kind === 'lost' },
  { type: 'Provider.QuotaUsedUp', action: 'block', matches: (error) => QUOTA(error) || status(402)(error) },
  { type: 'Provider.ContentPolicy', action: 'block', matches: POLICY },
  { type: 'Provider.RateLimited', action: 'retry', matches: status(429) },
  { type: 'Provider.Authentication', action: 'block', matches: status(401) },
  { type: 'Provider.Forbidden', action: 'block', matches: status(403) },
  { type: 'Provider.JobFailed', action: 'block', matches: jobFailed },
  { type: 'Provider.UnknownModel', action: 'block', matches: status(404) },
  { type: 'Provider.Busy', action: 'retry', matches: status(408, 409, 425) },
  { type: 'Provider.ServerError', action: 'retry', matches: (error) => (error.status ?? 0) >= 500 },
  { type: 'Provider.BadRequest', action: 'block', matches: () => true },
];

/** The longest that a provider's Retry-After is followed, in ms; a longer one is tried again after this. */
const LONGEST_DELAY_MS = 300_000;

interface Verdict {
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

/** For what costs nothing and may be repeated: a lost answer is only another reason to try again. */
export function throwAgain(error: unknown): never {
  if (!(error instanceof ProviderError)) throw error;
  throw asFailure(error, verdictOn(error).action !== 'block');
}

/**
 * A provider's error as the failure that Temporal acts on: retried, or handed to the workflow to block on. Without the client's
 * error as its cause: its words and stack are the provider's, as they came.
 */
export function asFailure(error: ProviderError, isRetried: boolean): ApplicationFailure {
  const { type, retryAfterMs } = verdictOn(error);
  return ApplicationFailure.create({
    type,
    message: error.message,
    nonRetryable: !isRetried,
    nextRetryDelay: isRetried && retryAfterMs !== null ? retryAfterMs : undefined,
    details: [{ requestId: error.requestId }],
  });
}
