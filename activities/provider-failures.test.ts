import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProviderError, type ProviderErrorFacts } from '../services/provider-error.js';
import { OTHER_FAILURES, PROVIDER_FAILURES, type Failure } from './provider-failures-table.js';
import { asFailure, asRetried, verdictOn } from './provider-failures.js';

const error = (facts: Partial<ProviderErrorFacts>): ProviderError =>
  new ProviderError('words', { provider: 'openai', kind: 'answered', requestId: 'req_1', ...facts });
const ofFal = (facts: Partial<ProviderErrorFacts>) => ({ provider: 'fal', ...facts });

describe('the failure table', () => {
  it.each<[Partial<ProviderErrorFacts>, string, string]>([
    [{ kind: 'unreachable' }, 'retry', 'Provider.Unreachable'],
    [{ kind: 'lost' }, 'lost', 'Provider.LostReply'],
    [{ kind: 'lost', status: 503 }, 'lost', 'Provider.LostReply'],
    [{ status: 429 }, 'retry', 'Provider.RateLimited'],
    [{ status: 429, code: 'rate_limit_exceeded' }, 'retry', 'Provider.RateLimited'],
    [{ status: 429, code: 'insufficient_quota' }, 'block', 'Provider.QuotaUsedUp'],
    [{ status: 429, code: 'credit_balance_exhausted' }, 'block', 'Provider.QuotaUsedUp'],
    [{ status: 429, code: 'organization_spend_limit_exceeded' }, 'block', 'Provider.QuotaUsedUp'],
    [{ status: 429, code: 'organization_usage_limit_exceeded' }, 'block', 'Provider.QuotaUsedUp'],
    [{ status: 429, code: 'project_spend_limit_exceeded' }, 'block', 'Provider.QuotaUsedUp'],
    [{ status: 429, code: 'billing_not_active' }, 'block', 'Provider.QuotaUsedUp'],
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

  const all: readonly Failure[] = [...PROVIDER_FAILURES, ...OTHER_FAILURES];

  it('names each type once, dotted', () => {
    const types = all.map(({ type }) => type);
    expect(types.filter((type) => !/^[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+$/.test(type))).toEqual([]);
    expect(new Set(types).size).toBe(types.length);
  });

  it('has every type that the code names', () => {
    const named = ['activities', 'workflows', 'services', 'contract'].flatMap((room) =>
      sourcesIn(room).flatMap((source) => [
        ...source.matchAll(
          /'((?:Provider|Output|Asset|Archive|Budget|Activity|Input|Post|Webhook|Target|Chat)\.[A-Z]\w+)'/g,
        ),
      ]),
    );
    const known = new Set(all.map(({ type }) => type));
    expect([...new Set(named.map((match) => String(match[1])))].filter((type) => !known.has(type))).toEqual(
      [],
    );
  });

  it('stands in docs/failures.md, row for row', () => {
    const page = readFileSync(new URL('../docs/failures.md', import.meta.url), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows).toEqual(all.map(rowOf));
  });
});

const rowOf = ({ type, means, does, you }: Failure): string =>
  `| \`${type}\` | ${means} | ${does} | ${you} |`;

const sourcesIn = (room: string): string[] => {
  const folder = new URL(`../${room}/`, import.meta.url);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
};

describe('a failure that Temporal acts on', () => {
  it('follows Retry-After up to five minutes', () => {
    expect(asFailure(error({ status: 429, retryAfterMs: 7_000 }))).toMatchObject({
      nextRetryDelay: 7_000,
      nonRetryable: false,
    });
    expect(asFailure(error({ status: 503, retryAfterMs: 7_000 }))).toMatchObject({ nextRetryDelay: 7_000 });
    expect(asFailure(error({ status: 429 })).nextRetryDelay).toBeUndefined();
    expect(asFailure(error({ status: 401, retryAfterMs: 7_000 })).nextRetryDelay).toBeUndefined();
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

  it('of a call that costs nothing is retried, under the same type', () => {
    expect(asRetried(error({ kind: 'lost' }))).toMatchObject({
      type: 'Provider.LostReply',
      nonRetryable: false,
      details: [{ requestId: 'req_1' }],
    });
    expect(asRetried(error({ status: 404, retryAfterMs: 2_000 }))).toMatchObject({ nextRetryDelay: 2_000 });
  });

  it("does not bring the client's own error into a history", () => {
    const failure = asFailure(error({ status: 401, cause: new Error('Incorrect API key: sk-abc123') }));
    expect(failure.cause).toBeUndefined();
    expect(failure.stack).not.toContain('sk-abc123');
  });
});
