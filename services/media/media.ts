import type { UnitPrice } from '../../contract/prices/media-price.js';
import type { Bill } from '../archive/bills.js';

/** What fal is asked for: an endpoint such as `fal-ai/flux-pro/v1.1-ultra` and its input. */
export interface MediaJob {
  readonly endpoint: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export type MediaState = 'queued' | 'running' | 'completed';

export interface MediaFile {
  readonly url: string;
  readonly contentType: string | null;
}

export interface MediaResult {
  readonly files: readonly MediaFile[];
  /** Units the provider metered, in the endpoint's billing unit, as a decimal; null where it did not say. */
  readonly units: string | null;
  /** The provider's safety filter blanked the output, which is billed all the same. */
  readonly flagged: boolean;
}

export type Cancelled = 'removed' | 'asked' | 'ended' | 'unknown';

/** A provider of pictures and clips, with a queue. */
export interface MediaService {
  readonly provider: string;
  readonly offline: boolean;
  /** Exactly one POST. @throws ProviderError: `lost` where fal may have accepted it all the same. */
  submit(job: MediaJob, signal?: AbortSignal): Promise<{ requestId: string }>;
  /** `seconds` is the runner's own time, once known; `failed` the words of a job that has ended with an error. */
  state(
    endpoint: string,
    requestId: string,
    signal?: AbortSignal,
  ): Promise<{ state: MediaState; seconds: number | null; failed: string | null }>;
  /** @throws ProviderError with the status of the job when it failed. */
  result(endpoint: string, requestId: string, signal?: AbortSignal): Promise<MediaResult>;
  /** Looks a job up in the request history by its exact input; null while it is not listed. `since` is ISO 8601. */
  find(job: MediaJob, since: string, signal?: AbortSignal): Promise<{ requestId: string } | null>;
  /**
   * Asks the provider to stop a job. `removed`: it was still queued, will never run and costs nothing; `asked`: it runs, and may
   * go on and be billed all the same; `ended`: it was too late; `unknown`: the provider does not know the job (any more).
   */
  cancel(endpoint: string, requestId: string): Promise<Cancelled>;
  /**
   * What was billed for these requests so far: one bill a request, after discounts, corrections included. One that is not
   * listed may still come: no bill does not mean free.
   *
   * @param since when the oldest of them was made, ISO 8601; a month ago when left out
   * @throws ProviderError 401 or 403 for a key that may not see it, naming the variable that holds it
   */
  bills(requestIds: readonly string[], since?: string): Promise<Bill[]>;
  /** Puts a file where the provider's models can read it. */
  upload(bytes: Uint8Array, contentType: string, name: string): Promise<{ url: string }>;
  download(url: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** The provider's own price of an endpoint; null where it names none. */
  unitPrice(endpoint: string): Promise<UnitPrice | null>;
}
