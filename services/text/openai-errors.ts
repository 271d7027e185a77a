import OpenAI from 'openai';
import { nothingWasSent, ProviderError } from '../provider-error.js';
import { bodyWords } from '../readable.js';
import { retryAfterMs } from '../retry-after.js';

/** The OpenAI client's errors in our words. @throws what is not an answer of the provider (a bug, an abort), as it is. */
export function asProviderError(error: unknown): ProviderError {
  if (error instanceof OpenAI.APIUserAbortError) throw error;
  if (error instanceof OpenAI.APIConnectionError) {
    const kind = nothingWasSent(error) ? 'unreachable' : 'lost';
    const why = error.cause instanceof Error ? error.cause.message : error.message;
    return new ProviderError(`openai: no answer: ${why}`, { provider: 'openai', kind, cause: error });
  }
  if (error instanceof OpenAI.APIError) {
    const headers = error.headers as Headers | undefined;
    return new ProviderError(`openai: ${wordsOf(error)}`, {
      provider: 'openai',
      kind: 'answered',
      status: error.status as number | undefined,
      code: codeOf(error),
      requestId: error.requestID ?? null,
      retryAfterMs: retryMs(headers?.get('retry-after-ms')) ?? retryAfterMs(headers?.get('retry-after')),
      cause: error,
    });
  }
  // A paid answer that is not the API's shape, such as a proxy's page with status 200: nothing in it tells the cost.
  if (error instanceof TypeError || error instanceof SyntaxError) {
    return new ProviderError(`openai: the answer could not be read: ${error.message}`, {
      provider: 'openai',
      kind: 'lost',
      cause: error,
    });
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
function codeOf({ code, type }: InstanceType<typeof OpenAI.APIError>): string | null {
  return type === 'insufficient_quota' ? type : (code ?? null);
}

/** OpenAI's own header, which wins over `Retry-After` as in its client. */
function retryMs(header: string | null | undefined): number | null {
  const ms = Number(header ?? NaN);
  return ms > 0 ? Math.round(ms) : null;
}
