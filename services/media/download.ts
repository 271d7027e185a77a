import { ProviderError } from '../provider-error.js';
import { FetchRefused, type PublicFetch } from '../public-fetch.js';
import { falError } from './fal-errors.js';
import type { DownloadLimits, MediaService } from './media.js';

export interface DownloadOptions {
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
