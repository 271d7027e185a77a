import { guardedFetch } from '../http-fetch.js';
import { ProviderError, retryAfterMs } from '../provider-error.js';
import { FetchRefused, type PublicFetch } from '../public-fetch.js';
import { bodyWords } from '../readable.js';
import type { Secrets } from '../secrets.js';
import { falUrl } from './fal-client.js';
import { falError } from './fal-errors.js';
import type { DownloadLimits, MediaService } from './media.js';

const TIMEOUT_MS = 15_000;

interface PlatformAccess {
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

interface DownloadOptions {
  readonly publicFetch: PublicFetch;
  /** An origin whose files may be at an address that is not public; null for none. */
  readonly trusted: string | null;
  readonly limits: DownloadLimits;
  readonly signal?: AbortSignal;
}

/** Fetches a file: see `MediaService.download`. */
export async function download(
  url: string,
  write: Parameters<MediaService['download']>[1],
  { publicFetch, trusted, limits, signal }: DownloadOptions,
): Promise<void> {
  let isWriting = false;
  const request = {
    most: limits.bytes,
    within: limits.ms,
    trusted: trusted === null ? [] : [trusted],
    signal,
  };
  try {
    await publicFetch(url, request, async ({ status, body }) => {
      if (status < 200 || status > 299) throw answered(status);
      for await (const chunk of body) {
        isWriting = true;
        await write(chunk);
        isWriting = false;
      }
    });
  } catch (error) {
    if (isWriting || error instanceof ProviderError) throw error;
    throw error instanceof FetchRefused
      ? new FetchRefused(`fal: download: ${error.message}`, { cause: error })
      : falError('download', error, null);
  }
}

const answered = (status: number): ProviderError =>
  new ProviderError(`fal: download: HTTP ${status}`, { provider: 'fal', kind: 'answered', status });
