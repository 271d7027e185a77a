import { guardedFetch } from '../guarded-fetch.js';
import { ProviderError } from '../provider-error.js';
import { bodyWords } from '../readable.js';
import { retryAfterMs } from '../retry-after.js';
import type { Secrets } from '../secrets.js';
import { falUrl } from './fal-client.js';
import { falError } from './fal-errors.js';

const TIMEOUT_MS = 15_000;

export interface PlatformAccess {
  readonly key: string;
  /** A server that plays every fal host as `<baseUrl>/<host>/…`; null for fal itself. */
  readonly baseUrl: string | null;
  /** What no answer's words may hold. */
  readonly secrets: Secrets;
}

/**
 * Reads from fal's platform API, which the client does not cover (https://fal.ai/docs/platform-apis/v1).
 *
 * @param path under `/v1/models/`
 * @throws ProviderError
 */
export async function readPlatform(
  { key, baseUrl, secrets }: PlatformAccess,
  path: string,
  query: URLSearchParams,
  signal?: AbortSignal,
): Promise<unknown> {
  let response: Response;
  let body: string;
  try {
    response = await guardedFetch(fetch, secrets)(
      falUrl(baseUrl, `https://api.fal.ai/v1/models/${path}?${query}`),
      {
        headers: { authorization: `Key ${key}`, accept: 'application/json' },
        signal: signal ?? AbortSignal.timeout(TIMEOUT_MS),
      },
    );
    body = await response.text();
    if (response.ok) return JSON.parse(body);
  } catch (error) {
    throw falError('platform API', error, null, secrets);
  }
  const said = wordsOf(body);
  throw new ProviderError(`fal: platform API: HTTP ${response.status}${said && `: ${said}`}`, {
    provider: 'fal',
    kind: 'answered',
    status: response.status,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
  });
}

/** The platform API says `{ error: { message } }`, the hosts before it `{ detail }`. */
function wordsOf(body: string): string {
  try {
    const { error, detail } = JSON.parse(body) as { error?: { message?: unknown }; detail?: unknown };
    const words = error?.message ?? detail;
    return typeof words === 'string' ? words : '';
  } catch {
    return bodyWords(body);
  }
}
