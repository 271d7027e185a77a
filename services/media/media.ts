import { type UnitPrice, mediaPrice } from '../../contract/money/prices/media-price.js';
import type { Bill } from '../archive/ledger/ledger.js';
import type { MediaOrder } from '../../contract/media/read-fields.js';

export type MediaState = 'queued' | 'running' | 'completed';

/** How far a job is. */
export interface JobProgress {
  readonly state: MediaState;
  /** The runner's own time, once known. */
  readonly seconds: number | null;
  /** The provider's words on a job that completed with an error; null for any other. */
  readonly failed: string | null;
}

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

export interface DownloadLimits {
  readonly bytes: number;
  /** In all. */
  readonly ms: number;
}

export type Cancelled = 'removed' | 'asked' | 'ended' | 'unknown';

/** A provider of pictures and clips, with a queue. */
export interface MediaService {
  readonly provider: string;
  readonly offline: boolean;
  /**
   * Exactly one POST. The input is made of what the endpoint's own schema says it takes.
   *
   * @throws ProviderError: `lost` where fal may have accepted it all the same; 400 where the endpoint needs what an order does
   *   not hold, in which case nothing was sent
   */
  submit(order: MediaOrder, signal?: AbortSignal): Promise<{ requestId: string }>;
  state(endpoint: string, requestId: string, signal?: AbortSignal): Promise<JobProgress>;
  /** @throws ProviderError with the status of the job when it failed. */
  result(endpoint: string, requestId: string, signal?: AbortSignal): Promise<MediaResult>;
  /**
   * Looks an order's job up in the request history, by its seed, prompt and image; null while it is not listed. fal may list
   * only jobs that have ended. `since` is ISO 8601.
   */
  find(order: MediaOrder, since: string, signal?: AbortSignal): Promise<{ requestId: string } | null>;
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
  /**
   * Fetches a file that a job made. Whether it is what it should be is for its caller to check.
   *
   * @param write takes the bytes as they come; what it throws is thrown.
   * @throws FetchRefused: its address may not be asked, or it is too large or too slow. ProviderError
   */
  download(
    url: string,
    write: (chunk: Uint8Array) => Promise<void>,
    limits: DownloadLimits,
    signal?: AbortSignal,
  ): Promise<void>;
  /** The seconds that a clip of this endpoint is ordered with; null where it takes no duration. */
  clipSeconds(endpoint: string): Promise<number | null>;
  /** The provider's own price of an endpoint; null where it names none. */
  unitPrice(endpoint: string): Promise<UnitPrice | null>;
}

/** What one unit of an endpoint costs: fal's own word, else the table's, else null. A failed look-up is not an error. */
export async function findUnitPrice(media: MediaService, endpoint: string): Promise<UnitPrice | null> {
  const told = await media.unitPrice(endpoint).catch(() => null);
  return told ?? mediaPrice(endpoint);
}
