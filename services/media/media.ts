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

export interface UnitPrice {
  /** US dollars, as a decimal. */
  readonly usd: string;
  /** `image`, `megapixel`, `second`, … */
  readonly unit: string;
}

/** A provider of pictures and clips, with a queue. */
export interface MediaService {
  readonly provider: string;
  readonly offline: boolean;
  /** Exactly one POST. @throws ProviderError: `lost` where fal may have accepted it all the same. */
  submit(job: MediaJob, signal?: AbortSignal): Promise<{ requestId: string }>;
  /** `seconds` is the runner's own time, once known. */
  state(
    endpoint: string,
    requestId: string,
    signal?: AbortSignal,
  ): Promise<{ state: MediaState; seconds: number | null }>;
  /** @throws ProviderError with the status of the job when it failed. */
  result(endpoint: string, requestId: string, signal?: AbortSignal): Promise<MediaResult>;
  /** Looks a job up in the request history by its exact input; null while it is not listed. `since` is ISO 8601. */
  find(job: MediaJob, since: string, signal?: AbortSignal): Promise<{ requestId: string } | null>;
  /** Asks the provider to stop a job; a job that is past stopping is no error. */
  cancel(endpoint: string, requestId: string): Promise<void>;
  /** Puts a file where the provider's models can read it. */
  upload(bytes: Uint8Array, contentType: string, name: string): Promise<{ url: string }>;
  download(url: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** The provider's own price of an endpoint; null where it names none. */
  unitPrice(endpoint: string): Promise<UnitPrice | null>;
}
