import type { FalClient } from '@fal-ai/client';
import { inputFor, isInputOf, type MadeInput } from '../../contract/media/input.js';
import type { MediaSettings } from '../../contract/providers.js';
import type { UnitPrice } from '../../contract/money/prices/media-price.js';
import { nothingWasSent, ProviderError } from '../provider-error.js';
import { createPublicFetch, type PublicFetch } from '../public-fetch.js';
import { download, readPlatform } from './fal-platform.js';
import { readBills } from './fal-bills.js';
import { makeFalClient, type FalReceipt } from './fal-client.js';
import { falError, failedWords } from './fal-errors.js';
import type { Bill } from '../archive/ledger/ledger.js';
import type {
  Cancelled,
  DownloadLimits,
  JobProgress,
  MediaFile,
  MediaResult,
  MediaService,
  MediaState,
} from './media.js';
import { createSecrets, type Secrets } from '../secrets.js';
import { Schemas } from './schemas.js';
import type { MediaOrder } from '../../contract/media/read-fields.js';

const STATE: Record<string, MediaState> = {
  IN_QUEUE: 'queued',
  IN_PROGRESS: 'running',
  COMPLETED: 'completed',
};
/** How far back bills are looked for where nobody says since when. */
const DEFAULT_BILLS_MS = 30 * 86_400_000;
/** The history is asked from just before the submit on, so that a job is on one of its first pages. */
const MAX_HISTORY_PAGES = 20;

/** Pictures and clips by fal.ai. */
export class FalMedia implements MediaService {
  readonly provider = 'fal';
  readonly offline: boolean;
  readonly #key: string;
  readonly #adminKey: string | null;
  readonly #baseUrl: string | null;
  readonly #publicFetch: PublicFetch;
  readonly #schemas: Schemas;
  readonly #secrets: Secrets;

  /**
   * `publicFetch` is how files are downloaded; when left out, from public addresses and the base URL only. `schemas` is what
   * knows the models' fields; when left out it asks fal. `secrets` is what no answer's words may hold; the keys alone when left out.
   */
  constructor(
    settings: MediaSettings & {
      readonly offline: boolean;
      readonly publicFetch?: PublicFetch;
      readonly schemas?: Schemas;
      readonly secrets?: Secrets;
    },
  ) {
    this.offline = settings.offline;
    this.#key = settings.key;
    this.#adminKey = settings.adminKey ?? null;
    this.#baseUrl = settings.baseUrl;
    this.#publicFetch = settings.publicFetch ?? createPublicFetch({ allowPrivate: false });
    this.#secrets = settings.secrets ?? createSecrets([this.#key, this.#adminKey]);
    this.#schemas = settings.schemas ?? new Schemas({ baseUrl: settings.baseUrl });
  }

  async submit(order: MediaOrder, signal?: AbortSignal): Promise<{ requestId: string }> {
    const { endpoint } = order;
    const { input, missing } = await this.#made(order);
    if (missing.length > 0) {
      const words = `${endpoint} needs ${missing.join(', ')}, which Copydesk does not fill; choose another model`;
      throw new ProviderError(`fal: submit: ${words}`, { provider: 'fal', kind: 'answered', status: 400 });
    }
    if (signal?.aborted) {
      throw new ProviderError('fal: submit: ended before it was sent', {
        provider: 'fal',
        kind: 'unreachable',
      });
    }
    const { value } = await this.#call('submit', (fal) =>
      fal.queue.submit(endpoint, { input, ...(signal && { abortSignal: signal }) }),
    );
    if (typeof value.request_id !== 'string' || value.request_id === '') {
      throw new ProviderError('fal: submit: the answer names no request', { provider: 'fal', kind: 'lost' });
    }
    return { requestId: this.#secrets.mask(value.request_id) };
  }

  async state(endpoint: string, requestId: string, signal?: AbortSignal): Promise<JobProgress> {
    const { value } = await this.#call('status', (fal) =>
      fal.queue.status(endpoint, { requestId, ...(signal && { abortSignal: signal }) }),
    );
    const state = STATE[value.status] ?? 'queued';
    const seconds =
      (value as { metrics?: { inference_time?: number | null } }).metrics?.inference_time ?? null;
    return { state, seconds, failed: state === 'completed' ? failedWords(value, this.#secrets) : null };
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

  async find(order: MediaOrder, since: string, signal?: AbortSignal): Promise<{ requestId: string } | null> {
    const made = await this.#made(order);
    const query = new URLSearchParams({ endpoint_id: order.endpoint, expand: 'payloads', start: since });
    for (let page = 1; page <= MAX_HISTORY_PAGES; page += 1) {
      const answer = await this.#get('requests/by-endpoint', query, signal);
      const { items = [], next_cursor: next } = answer as HistoryPage;
      const found = items.find((item) => isInputOf(order, made, item.json_input));
      if (found) return { requestId: this.#secrets.mask(found.request_id) };
      if (!next) return null;
      query.set('cursor', next);
    }
    return null;
  }

  async cancel(endpoint: string, requestId: string): Promise<Cancelled> {
    try {
      const { receipt } = await this.#call('cancel', (fal) => fal.queue.cancel(endpoint, { requestId }));
      return receipt?.status === 200 ? 'removed' : 'asked';
    } catch (error) {
      if (error instanceof ProviderError && error.status === 400) return 'ended';
      if (error instanceof ProviderError && error.status === 404) return 'unknown';
      throw error;
    }
  }

  async bills(requestIds: readonly string[], since?: string): Promise<Bill[]> {
    const now = Date.now();
    const key = this.#adminKey ?? this.#key;
    try {
      return await readBills(
        (query) =>
          readPlatform({ key, baseUrl: this.#baseUrl, secrets: this.#secrets }, 'billing-events', query),
        requestIds,
        since === undefined ? now - DEFAULT_BILLS_MS : Date.parse(since),
        now,
      );
    } catch (error) {
      throw mayNotBeSeen(error) ? this.#needsAdminKey(error) : error;
    }
  }

  async upload(bytes: Uint8Array, contentType: string, name: string): Promise<{ url: string }> {
    const file = new File([Uint8Array.from(bytes)], name, { type: contentType });
    const { value } = await this.#call('upload', (fal) => fal.storage.upload(file));
    return { url: value };
  }

  download(
    url: string,
    write: (chunk: Uint8Array) => Promise<void>,
    limits: DownloadLimits,
    signal?: AbortSignal,
  ): Promise<void> {
    const trusted = this.#baseUrl === null ? null : new URL(this.#baseUrl).origin;
    return download(url, write, { publicFetch: this.#publicFetch, trusted, limits, signal });
  }

  async clipSeconds(endpoint: string): Promise<number | null> {
    const order = {
      kind: 'clip',
      endpoint,
      prompt: '',
      aspectRatio: '9:16',
      seed: 0,
      imageUrl: null,
    } as const;
    return (await this.#made(order)).seconds;
  }

  async unitPrice(endpoint: string): Promise<UnitPrice | null> {
    const query = new URLSearchParams({ endpoint_id: endpoint });
    const answer = await this.#get('pricing', query);
    const prices = (
      answer as { prices?: { endpoint_id: string; unit_price: number; unit: string; currency: string }[] }
    ).prices;
    const price = prices?.find((one) => one.endpoint_id === endpoint && one.currency === 'USD');
    return price ? { usd: String(price.unit_price), unit: price.unit } : null;
  }

  async #made(order: MediaOrder): Promise<MadeInput> {
    return inputFor(order, await this.#schemas.fieldsFor(order));
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
      secrets: this.#secrets,
      isUnsent: nothingWasSent,
      onReceipt: (one) => (receipt = one),
    });
    try {
      return { value: await call(fal), receipt };
    } catch (error) {
      throw falError(doing, error, receipt, this.#secrets);
    }
  }

  #get(path: string, query: URLSearchParams, signal?: AbortSignal): Promise<unknown> {
    return readPlatform(
      { key: this.#key, baseUrl: this.#baseUrl, secrets: this.#secrets },
      path,
      query,
      signal,
    );
  }

  /** Which variable holds the key that fal refused, for the person who has to mend it. */
  #needsAdminKey(error: ProviderError): ProviderError {
    const refused = `fal: the billing events may not be seen with ${this.#adminKey ? 'FAL_ADMIN_KEY' : 'FAL_KEY'} (HTTP ${error.status})`;
    const remedy = this.#adminKey
      ? 'it must be an admin key of the same account'
      : 'set FAL_ADMIN_KEY to an admin key';
    const { provider, kind, status } = error;
    return new ProviderError(`${refused}; ${remedy}`, {
      provider,
      kind,
      status: status ?? 403,
      cause: error,
    });
  }
}

const mayNotBeSeen = (error: unknown): error is ProviderError =>
  error instanceof ProviderError && (error.status === 401 || error.status === 403);

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
