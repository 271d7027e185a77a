import OpenAI from 'openai';
import { nothingWasSent, ProviderError, retryAfterMs } from '../provider-error.js';
import { bodyWords } from '../readable.js';
import type { Secrets } from '../secrets.js';

/**
 * The OpenAI client's errors in our words.
 *
 * @param provider as messages call the server
 * @param secrets what the call carried
 * @throws what is not an answer of the provider (a bug, an abort), as it is
 */
export function asProviderError(error: unknown, provider: string, secrets: Secrets): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof OpenAI.APIUserAbortError) throw error;
  if (error instanceof OpenAI.APIConnectionError) {
    const kind = nothingWasSent(error) ? 'unreachable' : 'lost';
    const why = error.cause instanceof Error ? error.cause.message : error.message;
    return new ProviderError(`${provider}: no answer: ${why}`, { provider, kind, secrets, cause: error });
  }
  if (error instanceof OpenAI.APIError) {
    const headers = error.headers as Headers | undefined;
    return new ProviderError(`${provider}: ${wordsOf(error)}`, {
      provider,
      kind: 'answered',
      status: error.status as number | undefined,
      code: codeOf(error),
      requestId: error.requestID ?? null,
      secrets,
      retryAfterMs: retryMs(headers?.get('retry-after-ms')) ?? retryAfterMs(headers?.get('retry-after')),
      cause: error,
    });
  }
  // The client stumbled over what came, such as an error document nested too deep for it.
  if (error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError) {
    const words = `${provider}: the answer could not be read: ${error.message}`;
    return new ProviderError(words, { provider, kind: 'lost', secrets, cause: error });
  }
  throw error;
}

/** The client's message is the status and the provider's words, or the whole body where that is no JSON. */
function wordsOf(error: InstanceType<typeof OpenAI.APIError>): string {
  const status = String(error.status as number | undefined);
  const words = error.message.startsWith(`${status} `)
    ? error.message.slice(status.length + 1)
    : error.message;
  if (words === 'status code (no body)') return `HTTP ${status}`;
  return error.error === undefined ? `HTTP ${status}: ${bodyWords(words)}` : `${status} ${words}`;
}

/** Since 2026 the code of a used-up quota names which limit it was, and the type names the family. */
function codeOf(error: InstanceType<typeof OpenAI.APIError>): string | null {
  const { code, type } = error as { code?: unknown; type?: unknown };
  if (type === 'insufficient_quota') return type;
  // Some compatible servers repeat the status here, as a number.
  return typeof code === 'string' ? code : null;
}

/** OpenAI's own header, which wins over `Retry-After` as in its client. */
function retryMs(header: string | null | undefined): number | null {
  const ms = Number(header ?? NaN);
  return ms > 0 ? Math.round(ms) : null;
}
