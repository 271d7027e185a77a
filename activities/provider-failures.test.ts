import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProviderError, type ProviderErrorFacts } from '../services/provider-error.js';
import { asFailure, PROVIDER_FAILURES, throwAgain, turnedAway, verdictOn } from './provider-failures.js';

const error = (facts: Partial<ProviderErrorFacts>): ProviderError =>
  new ProviderError('words', { provider: 'openai', kind: 'answered', requestId: 'req_1', ...facts });
const ofFal = (facts: Partial<ProviderErrorFacts>) => ({ provider: 'fal', ...facts });

describe('the failure table', () => {
  type Case = [Partial<ProviderErrorFacts>, action: string, type: string];
  it.each<Case>([
    [{ kind: 'unreachable' }, 'retry', 'Provider.Unreachable'],
    [{ kind: 'lost' }, 'lost', 'Provider.LostReply'],
    [{ kind: 'lost', status: 503 }, 'lost', 'Provider.LostReply'],
    [{ status: 429 }, 'retry', 'Provider.RateLimited'],
    [{ status: 429, code: 'rate_limit_exceeded' }, 'retry', 'Provider.RateLimited'],
    ...[
      ...['insufficient_quota', 'credit_balance_exhausted', 'organization_spend_limit_exceeded'],
      ...['organization_usage_limit_exceeded', 'project_spend_limit_exceeded', 'billing_not_active'],
    ].map((code): Case => [{ status: 429, code }, 'block', 'Provider.QuotaUsedUp']),
    [{ status: 400, code: 'billing_hard_limit_reached' }, 'block', 'Provider.QuotaUsedUp'],
    [ofFal({ status: 403, code: 'exhausted_balance' }), 'block', 'Provider.QuotaUsedUp'],
    [{ status: 402 }, 'block', 'Provider.QuotaUsedUp'],
    [ofFal({ status: 422, code: 'content_policy_violation' }), 'block', 'Provider.ContentPolicy'],
    [{ status: 400, code: 'moderation_blocked' }, 'block', 'Provider.ContentPolicy'],
    [{ status: 400, code: 'content_filter' }, 'block', 'Provider.ContentPolicy'],
    [{ status: 400, code: 'invalid_prompt' }, 'block', 'Provider.ContentPolicy'],
    [{ status: 401 }, 'block', 'Provider.Authentication'],
    [{ status: 403 }, 'block', 'Provider.Forbidden'],
    [{ status: 404, code: 'model_not_found' }, 'block', 'Provider.UnknownModel'],
    [{ status: 408 }, 'retry', 'Provider.Busy'],
    [{ status: 409 }, 'retry', 'Provider.Busy'],
    [{ status: 500 }, 'retry', 'Provider.ServerError'],
    [{ status: 503, code: 'slow_down' }, 'retry', 'Provider.ServerError'],
    [ofFal({ status: 422, code: 'no_media_generated' }), 'block', 'Provider.JobFailed'],
    [ofFal({ status: 499, code: 'client_cancelled' }), 'block', 'Provider.JobFailed'],
    [ofFal({ status: 400, code: 'downstream_service_error' }), 'block', 'Provider.JobFailed'],
    [ofFal({ status: 400, code: 'bad_request' }), 'block', 'Provider.BadRequest'],
    [{ status: 400, code: 'context_length_exceeded' }, 'block', 'Provider.BadRequest'],
    [{ status: 413 }, 'block', 'Provider.BadRequest'],
    [{ status: 422 }, 'block', 'Provider.BadRequest'],
  ])('%j leads to %s', (facts, action, type) => {
    expect(verdictOn(error(facts))).toMatchObject({ action, type });
  });

  const page = readFileSync(new URL('../docs/failures.md', import.meta.url), 'utf8');
  const told = [...page.matchAll(/^\| `([^`]+)` \| \S.* \| \S.* \| \S.* \|$/gm)].map(([, type]) => type);
  const named = ['activities', 'workflows', 'services', 'contract'].flatMap(typesIn);

  it('stands in docs/failures.md in its order, with what each type means, what is done and what is left to do', () => {
    expect(told.slice(0, PROVIDER_FAILURES.length)).toEqual(PROVIDER_FAILURES.map(({ type }) => type));
  });

  it('shares that page with each other type that stops something, once, and with no type that nothing names', () => {
    expect(told.toSorted()).toEqual([...new Set(named)].toSorted());
  });
});

/** The types that the product's sources of a room name. */
function typesIn(room: string): string[] {
  const folder = new URL(`../${room}/`, import.meta.url);
  const type =
    /'((?:Provider|Output|Asset|Archive|Budget|Activity|Input|Post|Worker|Webhook|Target|Chat|Sample)\.[A-Z]\w+)'/g;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|testing/.test(name))
    .flatMap((name) => [...readFileSync(new URL(name, folder), 'utf8').matchAll(type)])
    .map(([, found]) => String(found));
}

describe('a failure that Temporal acts on', () => {
  const thrown = (facts: Partial<ProviderErrorFacts>): Error => {
    try {
      return throwAgain(error(facts));
    } catch (failure) {
      return failure as Error;
    }
  };

  it.each([
    [{ status: 429, retryAfterMs: 7_000 }, false, 7_000],
    [{ status: 503, retryAfterMs: 7_000 }, false, 7_000],
    [{ status: 429, retryAfterMs: 9_000_000 }, false, 300_000],
    [{ status: 429 }, false, undefined],
    [{ status: 401, retryAfterMs: 7_000 }, true, undefined],
  ])('%j is for a person: %s; waits %j ms', (facts, nonRetryable, nextRetryDelay) => {
    expect(thrown(facts)).toMatchObject({ nonRetryable, nextRetryDelay });
  });

  it("hands the provider's words and request id to whoever has to mend it", () => {
    const details = [{ requestId: 'req_1' }];
    const type = 'Provider.Authentication';
    expect(thrown({ status: 401 })).toMatchObject({ type, message: 'words', details });
  });

  it('of a call that costs nothing is retried, under the same type', () => {
    const lost = { type: 'Provider.LostReply', nonRetryable: false, details: [{ requestId: 'req_1' }] };
    expect(thrown({ kind: 'lost' })).toMatchObject(lost);
    const later = asFailure(error({ status: 404, retryAfterMs: 2_000 }), true);
    expect(later).toMatchObject({ nonRetryable: false, nextRetryDelay: 2_000 });
  });

  it("does not bring the client's own error into a history", () => {
    const failure = thrown({ status: 401, cause: new Error('Incorrect API key: sk-abc123') });
    expect(failure.cause).toBeUndefined();
    expect(failure.stack).not.toContain('sk-abc123');
  });
});

it.each([
  [{ status: 500 }, 'again', null, 'Provider.ServerError'],
  [{ status: 429, retryAfterMs: 7_000 }, 'again', 7_000, 'Provider.RateLimited'],
  [{ kind: 'unreachable' }, 'again', null, 'Provider.Unreachable'],
  [{ status: 401 }, 'block', null, 'Provider.Authentication'],
  [{ status: 404 }, 'block', null, 'Provider.UnknownModel'],
] as const)('a call that is turned away by %j is for the workflow: %s', (facts, then, afterMs, type) => {
  const told = { type, message: 'words', requestId: 'req_1' };
  expect(turnedAway(error(facts))).toEqual({ outcome: 'turned_away', then, afterMs, error: told });
});
