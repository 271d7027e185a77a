import { readable } from './readable.js';
import { NO_SECRETS, type Secrets } from './secrets.js';

/**
 * How a call to a provider failed, whichever client it was made with:
 * - `unreachable`: the connection was refused or the host not found, so nothing was sent;
 * - `lost`: the request may have been accepted and billed, but no answer came;
 * - `answered`: the provider answered with an error status.
 */
type ProviderErrorKind = 'unreachable' | 'lost' | 'answered';

export interface ProviderErrorFacts {
  readonly provider: string;
  readonly kind: ProviderErrorKind;
  readonly status?: number;
  /** The provider's own code, such as `insufficient_quota` or `content_policy_violation`. */
  readonly code?: string | null;
  readonly requestId?: string | null;
  /** What the provider asks for before another try, in ms. */
  readonly retryAfterMs?: number | null;
  /** Units metered on the failed call, as a decimal, where the provider says. */
  readonly units?: string | null;
  /** What the call carried, and what none of its words may hold; left out where it carried nothing. */
  readonly secrets?: Secrets;
  readonly cause?: unknown;
}

/** The provider's own names are short; what is longer is somebody else's. */
const LONGEST_NAME = 200;

const name = (given: string | null | undefined, secrets: Secrets): string | null =>
  given ? readable(given, secrets).slice(0, LONGEST_NAME) || null : null;

/** A call to a provider that was not answered with a result. Its message is one line, bounded, and without any key. */
export class ProviderError extends Error {
  override name = 'ProviderError' as const;
  readonly provider: string;
  readonly kind: ProviderErrorKind;
  readonly status: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  readonly units: string | null;

  constructor(message: string, facts: ProviderErrorFacts) {
    const { secrets = NO_SECRETS } = facts;
    super(readable(message, secrets), { cause: facts.cause });
    this.provider = facts.provider;
    this.kind = facts.kind;
    this.status = facts.status ?? null;
    this.code = name(facts.code, secrets);
    this.requestId = name(facts.requestId, secrets);
    this.retryAfterMs = facts.retryAfterMs ?? null;
    this.units = facts.units ?? null;
  }
}

const NOTHING_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

/** Whether a failed connection can't have carried the request: found in the error or anything that caused it. */
export function nothingWasSent(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: string };
    if (code !== undefined && NOTHING_SENT.includes(code)) return true;
    if (at instanceof AggregateError && at.errors.length > 0) return at.errors.every(nothingWasSent);
  }
  return false;
}

/**
 * What `Retry-After` asks for, in ms: seconds or an HTTP date (RFC 9110, 10.2.3). Null where there is none, where it can't
 * be read, and for a time that is over.
 */
export function retryAfterMs(header: string | null | undefined, now: number = Date.now()): number | null {
  const value = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) > 0 ? Math.round(Number(value) * 1_000) : null;
  // Date.parse reads much that is no date; an HTTP date names its day of the week first.
  const at = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : NaN;
  return at > now ? at - now : null;
}
