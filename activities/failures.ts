import { ApplicationFailure } from '@temporalio/common';
import type { ProviderError } from '../services/provider-error.js';

/**
 * What a failed call leads to: `retry` by Temporal after the provider's own delay, `lost`: the call may have been billed,
 * so its caller decides, or `block`: only a person can mend it.
 */
export type FailureAction = 'retry' | 'lost' | 'block';

interface FailureRule {
  readonly type: string;
  readonly action: FailureAction;
  readonly matches: (error: ProviderError) => boolean;
}

const status =
  (...codes: number[]) =>
  (error: ProviderError): boolean =>
    codes.includes(error.status ?? 0);

const QUOTA = ['insufficient_quota', 'billing_hard_limit_reached'];
const POLICY = ['content_policy_violation', 'moderation_blocked', 'content_filter'];

/** Every way a provider's call can fail, first match wins. */
export const FAILURE_TABLE: readonly FailureRule[] = [
  { type: 'Provider.Unreachable', action: 'retry', matches: (error) => error.kind === 'unreachable' },
  { type: 'Provider.LostReply', action: 'lost', matches: (error) => error.kind === 'lost' },
  { type: 'Provider.QuotaUsedUp', action: 'block', matches: (error) => QUOTA.includes(error.code ?? '') },
  { type: 'Provider.ContentPolicy', action: 'block', matches: (error) => POLICY.includes(error.code ?? '') },
  { type: 'Provider.RateLimited', action: 'retry', matches: status(429) },
  { type: 'Provider.Authentication', action: 'block', matches: status(401) },
  { type: 'Provider.Forbidden', action: 'block', matches: status(402, 403) },
  { type: 'Provider.UnknownModel', action: 'block', matches: status(404) },
  { type: 'Provider.Busy', action: 'retry', matches: status(408, 409) },
  { type: 'Provider.ServerError', action: 'retry', matches: (error) => (error.status ?? 0) >= 500 },
  { type: 'Provider.BadRequest', action: 'block', matches: () => true },
];

/** The longest that a provider's Retry-After is followed, in ms; a longer one is tried again after this. */
const LONGEST_DELAY_MS = 300_000;

export interface Verdict {
  readonly type: string;
  readonly action: FailureAction;
  readonly retryAfterMs: number | null;
}

export function verdictOn(error: ProviderError): Verdict {
  const rule = FAILURE_TABLE.find((candidate) => candidate.matches(error)) as FailureRule;
  const delay = error.retryAfterMs === null ? null : Math.min(error.retryAfterMs, LONGEST_DELAY_MS);
  return { type: rule.type, action: rule.action, retryAfterMs: delay };
}

/** A provider's error as the failure that Temporal acts on: retried, or handed to the workflow to block on. */
export function asFailure(error: ProviderError): ApplicationFailure {
  const { type, action, retryAfterMs } = verdictOn(error);
  return ApplicationFailure.create({
    type,
    message: error.message,
    nonRetryable: action !== 'retry',
    nextRetryDelay: action === 'retry' && retryAfterMs !== null ? retryAfterMs : undefined,
    details: [{ requestId: error.requestId }],
  });
}
