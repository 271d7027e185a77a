import { describe, expect, it } from 'vitest';
import { ProviderError, type ProviderErrorFacts } from '../services/provider-error.js';
import { asFailure, verdictOn } from './failures.js';

const error = (facts: Partial<ProviderErrorFacts>): ProviderError =>
  new ProviderError('words', { provider: 'openai', kind: 'answered', requestId: 'req_1', ...facts });

describe('the failure table', () => {
  it.each<[Partial<ProviderErrorFacts>, string, string]>([
    [{ kind: 'unreachable' }, 'retry', 'Provider.Unreachable'],
    [{ kind: 'lost' }, 'lost', 'Provider.LostReply'],
    [{ kind: 'lost', status: 503 }, 'lost', 'Provider.LostReply'],
    [{ status: 429 }, 'retry', 'Provider.RateLimited'],
    [{ status: 429, code: 'insufficient_quota' }, 'block', 'Provider.QuotaUsedUp'],
    [{ status: 422, code: 'content_policy_violation' }, 'block', 'Provider.ContentPolicy'],
    [{ status: 401 }, 'block', 'Provider.Authentication'],
    [{ status: 403 }, 'block', 'Provider.Forbidden'],
    [{ status: 404 }, 'block', 'Provider.UnknownModel'],
    [{ status: 409 }, 'retry', 'Provider.Busy'],
    [{ status: 500 }, 'retry', 'Provider.ServerError'],
    [{ status: 503 }, 'retry', 'Provider.ServerError'],
    [{ status: 400 }, 'block', 'Provider.BadRequest'],
  ])('%j leads to %s', (facts, action, type) => {
    expect(verdictOn(error(facts))).toMatchObject({ action, type });
  });

  it('honours Retry-After up to five minutes', () => {
    expect(asFailure(error({ status: 429, retryAfterMs: 7_000 }))).toMatchObject({
      nextRetryDelay: 7_000,
      nonRetryable: false,
    });
    expect(verdictOn(error({ status: 429, retryAfterMs: 9_000_000 })).retryAfterMs).toBe(300_000);
  });

  it("hands the provider's words and request id to whoever has to mend it", () => {
    expect(asFailure(error({ status: 401 }))).toMatchObject({
      type: 'Provider.Authentication',
      nonRetryable: true,
      message: 'words',
      details: [{ requestId: 'req_1' }],
    });
  });
});
