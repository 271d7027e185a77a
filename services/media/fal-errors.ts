import { ApiError } from '@fal-ai/client';
import { nothingWasSent, ProviderError } from '../provider-error.js';
import { FalSubmitError, type FalReceipt } from './fal-client.js';

/** fal's errors in our words. `receipt` is what the headers of the last answer told. */
export function falError(doing: string, error: unknown, receipt: FalReceipt | null): unknown {
  if (error instanceof FalSubmitError) return submitError(error);
  if (error instanceof ApiError) {
    return new ProviderError(`fal: ${doing}: ${detailOf(error.body) ?? `HTTP ${error.status}`}`, {
      provider: 'fal',
      kind: 'answered',
      status: error.status,
      code: codeOf(error.body),
      requestId: error.requestId || (receipt?.requestId ?? null),
      retryAfterMs: seconds(receipt?.retryAfter),
      units: receipt?.units ?? null,
      cause: error,
    });
  }
  if (error instanceof Error && error.name === 'AbortError') return error;
  const kind = nothingWasSent(error) ? 'unreachable' : 'lost';
  const why =
    error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error);
  return new ProviderError(`fal: ${doing}: no answer: ${why}`, { provider: 'fal', kind, cause: error });
}

/**
 * A submit answered 5xx or 408 may have been accepted all the same; anything else was refused. (fal's docs, "Reliability":
 * a gateway error says nothing of the queue behind it.)
 */
function submitError(error: FalSubmitError): ProviderError {
  const facts = {
    provider: 'fal',
    code: codeOf(error.body),
    requestId: error.receipt?.requestId ?? null,
    retryAfterMs: seconds(error.receipt?.retryAfter),
  };
  const words = `fal: submit: ${detailOf(error.body) ?? error.message}`;
  if (error.status === null)
    return new ProviderError(words, { ...facts, kind: error.unsent ? 'unreachable' : 'lost' });
  const lost = error.status >= 500 || error.status === 408;
  return new ProviderError(words, { ...facts, kind: lost ? 'lost' : 'answered', status: error.status });
}

interface FalDetail {
  readonly msg?: string;
  readonly type?: string;
}

function detailOf(body: unknown): string | null {
  const detail = (body as { detail?: string | FalDetail[] } | null)?.detail;
  if (typeof detail === 'string') return detail;
  return Array.isArray(detail) ? detail.map((one) => one.msg ?? one.type ?? '').join('; ') : null;
}

function codeOf(body: unknown): string | null {
  const { detail, error_type: type } = (body ?? {}) as { detail?: string | FalDetail[]; error_type?: string };
  return type ?? (Array.isArray(detail) ? (detail[0]?.type ?? null) : null);
}

const seconds = (value: string | null | undefined): number | null =>
  value && Number(value) > 0 ? Number(value) * 1_000 : null;
