import { isDeepStrictEqual } from 'node:util';
import type { FalClient } from '@fal-ai/client';
import type { MediaSettings } from '../../contract/settings.js';
import { nothingWasSent, ProviderError } from '../provider-error.js';
import { download } from './download.js';
import { falUrl, makeFalClient, type FalReceipt } from './fal-client.js';
import { falError } from './fal-errors.js';
import type { MediaFile, MediaJob, MediaResult, MediaService, MediaState, UnitPrice } from './media.js';

const STATE: Record<string, MediaState> = {
  IN_QUEUE: 'queued',
  IN_PROGRESS: 'running',
  COMPLETED: 'completed',
};
/** The history is asked from just before the submit on, so that a job is on one of its first pages. */
const MAX_HISTORY_PAGES = 20;
const MAX_DOWNLOAD = 500 * 1_024 * 1_024;

/** Pictures and clips by fal.ai. */
export class FalMedia implements MediaService {
  readonly provider = 'fal';
  readonly offline: boolean;
  readonly #key: string;
  readonly #baseUrl: string | null;
  readonly #maxDownload: number;

  /** `maxDownload` in bytes; 500 MB when left out, the largest clip that is kept. */
  constructor(settings: MediaSettings & { readonly offline: boolean; readonly maxDownload?: number }) {
    this.offline = settings.offline;
    this.#key = settings.key;
    this.#baseUrl = settings.baseUrl;
    this.#maxDownload = settings.maxDownload ?? MAX_DOWNLOAD;
  }

  async submit(job: MediaJob, signal?: AbortSignal): Promise<{ requestId: string }> {
    const { value } = await this.#call('submit', (fal) =>
      fal.queue.submit(job.endpoint, { input: job.input, ...(signal && { abortSignal: signal }) }),
    );
    if (!value.request_id) {
      throw new ProviderError('fal: submit: the answer names no request', { provider: 'fal', kind: 'lost' });
    }
    return { requestId: value.request_id };
  }

  async state(
    endpoint: string,
    requestId: string,
    signal?: AbortSignal,
  ): Promise<{ state: MediaState; seconds: number | null }> {
    const { value } = await this.#call('status', (fal) =>
      fal.queue.status(endpoint, { requestId, ...(signal && { abortSignal: signal }) }),
    );
    const seconds =
      (value as { metrics?: { inference_time?: number | null } }).metrics?.inference_time ?? null;
    return { state: STATE[value.status] ?? 'queued', seconds };
  }

  async result(endpoint: string, requestId: string, signal?: AbortSignal): Promise<MediaResult> {
    const { value, receipt } = await this.#call('result', (fal) =>
      fal.queue.result(endpoint, { requestId, ...(signal && { abortSignal: signal }) }),
    );
    const { has_nsfw_concepts: flags } = (value.data ?? {}) as { has_nsfw_concepts?: boolean[] };
    return {
      files: filesOf(value.data),
      units: receipt?.units ?? null,
      flagged: flags?.includes(true) ?? false,
    };
  }

  async find(job: MediaJob, since: string, signal?: AbortSignal): Promise<{ requestId: string } | null> {
    const query = new URLSearchParams({ endpoint_id: job.endpoint, expand: 'payloads', start: since });
    for (let page = 1; page <= MAX_HISTORY_PAGES; page += 1) {
      const answer = await this.#get(`https://api.fal.ai/v1/models/requests/by-endpoint?${query}`, signal);
      const { items = [], next_cursor: next } = answer as HistoryPage;
      const found = items.find((item) => isDeepStrictEqual(item.json_input, job.input));
      if (found) return { requestId: found.request_id };
      if (!next) return null;
      query.set('cursor', next);
    }
    return null;
  }

  async cancel(endpoint: string, requestId: string): Promise<void> {
    await this.#call('cancel', (fal) => fal.queue.cancel(endpoint, { requestId })).catch((error: unknown) => {
      // 400: it has ended already; 404: fal no longer knows it.
      if (error instanceof ProviderError && (error.status === 400 || error.status === 404)) return;
      throw error;
    });
  }

  async upload(bytes: Uint8Array, contentType: string, name: string): Promise<{ url: string }> {
    const file = new File([Uint8Array.from(bytes)], name, { type: contentType });
    const { value } = await this.#call('upload', (fal) => fal.storage.upload(file));
    return { url: value };
  }

  download(url: string, signal?: AbortSignal): Promise<Uint8Array> {
    return download(url, this.#maxDownload, signal);
  }

  async unitPrice(endpoint: string): Promise<UnitPrice | null> {
    const query = new URLSearchParams({ endpoint_id: endpoint });
    const answer = await this.#get(`https://api.fal.ai/v1/models/pricing?${query}`);
    const prices = (
      answer as { prices?: { endpoint_id: string; unit_price: number; unit: string; currency: string }[] }
    ).prices;
    const price = prices?.find((one) => one.endpoint_id === endpoint && one.currency === 'USD');
    return price ? { usd: String(price.unit_price), unit: price.unit } : null;
  }

  /** Each call has a client of its own, so that the headers it hears are those of its own answer. */
  async #call<T>(
    doing: string,
    call: (fal: FalClient) => Promise<T>,
  ): Promise<{ value: T; receipt: FalReceipt | null }> {
    let receipt: FalReceipt | null = null;
    const fal = makeFalClient({
      key: this.#key,
      baseUrl: this.#baseUrl,
      isUnsent: nothingWasSent,
      onReceipt: (one) => (receipt = one),
    });
    try {
      return { value: await call(fal), receipt };
    } catch (error) {
      throw falError(doing, error, receipt);
    }
  }

  /** fal's platform API, which the client does not cover. */
  async #get(url: string, signal?: AbortSignal): Promise<unknown> {
    let response: Response;
    try {
      response = await fetch(falUrl(this.#baseUrl, url), {
        headers: { authorization: `Key ${this.#key}`, accept: 'application/json' },
        signal: signal ?? AbortSignal.timeout(15_000),
      });
      if (response.ok) return await response.json();
    } catch (error) {
      throw falError('platform API', error, null);
    }
    throw new ProviderError(`fal: platform API: HTTP ${response.status}`, {
      provider: 'fal',
      kind: 'answered',
      status: response.status,
    });
  }
}

interface HistoryPage {
  readonly items?: readonly { readonly request_id: string; readonly json_input?: unknown }[];
  readonly next_cursor?: string | null;
}

interface FalFile {
  readonly url?: string;
  readonly content_type?: string;
}

/** Pictures come as `images: []` (some endpoints: `image`), a clip as `video`. */
function filesOf(data: unknown): MediaFile[] {
  const { images, image, video } = (data ?? {}) as { images?: FalFile[]; image?: FalFile; video?: FalFile };
  return [...(images ?? []), image, video].flatMap((file) =>
    file?.url ? [{ url: file.url, contentType: file.content_type ?? null }] : [],
  );
}
