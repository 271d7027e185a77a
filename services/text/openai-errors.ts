import OpenAI from 'openai';
import { nothingWasSent, ProviderError } from '../provider-error.js';

/** The OpenAI client's errors in our words. @throws what is not an answer of the provider (a bug, an abort), as it is. */
export function asProviderError(error: unknown): ProviderError {
  if (error instanceof OpenAI.APIUserAbortError) throw error;
  if (error instanceof OpenAI.APIConnectionError) {
    const kind = nothingWasSent(error) ? 'unreachable' : 'lost';
    const why = error.cause instanceof Error ? error.cause.message : error.message;
    return new ProviderError(`openai: no answer: ${why}`, { provider: 'openai', kind, cause: error });
  }
  if (error instanceof OpenAI.APIError) {
    return new ProviderError(`openai: ${error.message}`, {
      provider: 'openai',
      kind: 'answered',
      status: error.status as number | undefined,
      code: error.code ?? null,
      requestId: error.requestID ?? null,
      retryAfterMs: retryAfterMs(error.headers as Headers | undefined),
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

/** `retry-after-ms` wins over `Retry-After` in seconds, as in OpenAI's own client. */
function retryAfterMs(headers: Headers | undefined): number | null {
  const ms = Number(headers?.get('retry-after-ms') ?? NaN);
  if (ms > 0) return ms;
  const seconds = Number(headers?.get('retry-after') ?? NaN);
  return seconds > 0 ? seconds * 1_000 : null;
}
