import { ApiError } from '@fal-ai/client';
import { nothingWasSent, ProviderError, retryAfterMs } from '../provider-error.js';
import { bodyWords, readable } from '../readable.js';
import { NO_SECRETS, type Secrets } from '../secrets.js';
import { FalSubmitError, type FalReceipt } from './fal-client.js';

/** fal's errors in our words. `receipt` is what the headers of the last answer told, `secrets` what the call carried. */
export function falError(
  doing: string,
  error: unknown,
  receipt: FalReceipt | null,
  secrets: Secrets = NO_SECRETS,
): unknown {
  if (error instanceof FalSubmitError) return submitError(error, secrets);
  if (error instanceof ApiError) {
    return new ProviderError(`fal: ${doing}: ${detailOf(error.body) ?? `HTTP ${error.status}`}`, {
      provider: 'fal',
      kind: 'answered',
      status: error.status,
      code: codeOf(error.body),
      requestId: error.requestId || (receipt?.requestId ?? null),
      retryAfterMs: retryAfterMs(receipt?.retryAfter),
      units: receipt?.units ?? null,
      secrets,
      cause: error,
    });
  }
  if (error instanceof Error && error.name === 'AbortError') return error;
  const kind = nothingWasSent(error) ? 'unreachable' : 'lost';
  const why =
    error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error);
  return new ProviderError(`fal: ${doing}: no answer: ${why}`, {
    provider: 'fal',
    kind,
    secrets,
    cause: error,
  });
}

/**
 * A submit answered 5xx or 408 may have been accepted all the same; anything else was refused. (fal's docs, "Reliability":
 * a gateway error says nothing of the queue behind it.)
 */
function submitError(error: FalSubmitError, secrets: Secrets): ProviderError {
  const facts = {
    provider: 'fal',
    secrets,
    code: codeOf(error.body),
    requestId: error.receipt?.requestId ?? null,
    retryAfterMs: retryAfterMs(error.receipt?.retryAfter),
  };
  // A body that is no JSON is kept as its text.
  const unread = typeof error.body === 'string' && error.body !== '' ? `: ${bodyWords(error.body)}` : '';
  const words = `fal: submit: ${detailOf(error.body) ?? `${error.message}${unread}`}`;
  if (error.status === null)
    return new ProviderError(words, { ...facts, kind: error.unsent ? 'unreachable' : 'lost' });
  const lost = error.status >= 500 || error.status === 408;
  return new ProviderError(words, { ...facts, kind: lost ? 'lost' : 'answered', status: error.status });
}

interface FalDetail {
  readonly msg?: unknown;
  readonly type?: unknown;
}

/** The provider's words: a sentence, or a list of what is wrong with the input. */
function detailOf(body: unknown): string | null {
  const detail = (body as { detail?: unknown } | null)?.detail;
  if (typeof detail === 'string') return detail;
  return (
    detailsOf(body)
      .map(({ msg, type }) => String(msg ?? type ?? ''))
      .join('; ') || null
  );
}

function codeOf(body: unknown): string | null {
  const { detail, error_type: type } = (body ?? {}) as { detail?: unknown; error_type?: unknown };
  const code = type ?? detailsOf(body)[0]?.type;
  if (typeof code === 'string') return code;
  // A 403 by its words alone: fal names no code for an account without money.
  return typeof detail === 'string' && saysNoMoney(detail) ? 'exhausted_balance' : null;
}

/** `User is locked. Reason: Exhausted balance.` */
function saysNoMoney(detail: string): boolean {
  const [, reason] = /user is locked\b([^]*)/i.exec(detail) ?? [];
  return reason !== undefined && /\b(?:exhausted balance|top_up)/i.test(reason);
}

function detailsOf(body: unknown): FalDetail[] {
  const detail = (body as { detail?: unknown } | null)?.detail;
  return Array.isArray(detail) ? detail.filter((one) => typeof one === 'object' && one !== null) : [];
}

/**
 * The words of a status document on a job that completed with an error; null where it names none. fal puts `error`, a sentence,
 * and `error_type`, such as `runner_disconnected`, beside the status (https://fal.ai/docs/inference-api/queue/status.md).
 */
export function failedWords(status: unknown, secrets: Secrets): string | null {
  const { error, error_type: type } = (status ?? {}) as { error?: unknown; error_type?: unknown };
  const words = wordsOf(error);
  const kind = typeof type === 'string' && type !== '' ? type : null;
  if (words === null) return kind === null ? null : readable(kind, secrets);
  return readable(kind === null ? words : `${words} (${kind})`, secrets);
}

/** A sentence, or a document such as that of a result: its words, else as JSON. */
function wordsOf(error: unknown): string | null {
  if (error === undefined || error === null || error === '' || error === false) return null;
  if (typeof error === 'string') return error;
  const { message, msg, detail } = error as { message?: unknown; msg?: unknown; detail?: unknown };
  const said = [message, msg, detail].find((one) => typeof one === 'string' && one !== '');
  return typeof said === 'string' ? said : JSON.stringify(error);
}
