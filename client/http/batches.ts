import type { BatchOrderBody } from '../../contract/api/batches.js';
import type { BatchPage } from '../../contract/lists.js';
import type { BatchState } from '../../contract/states.js';
import type { BatchStatus } from '../../contract/status.js';
import type { Ask } from './request.js';

/** What a batch is expected to cost. */
export interface HttpEstimate {
  readonly costUsd: number;
  readonly steps: readonly {
    readonly step: string;
    readonly model: string;
    readonly calls: number;
    readonly costUsd: number;
  }[];
}

interface Decider {
  /** Left out: whoever the token is of. */
  readonly by?: string;
}

/** The batches, over HTTP. */
export class HttpBatches {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Newest first. */
  list(page: { readonly limit?: number; readonly cursor?: string } = {}): Promise<BatchPage> {
    return this.#ask.get('/api/batches', page);
  }

  /** @throws DeskRefusal with status 404 */
  status(id: string): Promise<BatchStatus> {
    return this.#ask.get(`/api/batches/${encodeURIComponent(id)}`);
  }

  /** The account is one that the desk has a file of. @throws UsageError, RefusedError for an id that was used */
  start(order: BatchOrderBody): Promise<{ batchId: string }> {
    return this.#ask.post('/api/batches', order);
  }

  /** Starts nothing. @throws UsageError */
  estimate(order: BatchOrderBody): Promise<HttpEstimate> {
    return this.#ask.post('/api/batches/estimate', order);
  }

  /** What waits now. @throws RefusedError when nothing does */
  approveAll(
    id: string,
    approval: Decider & { readonly note?: string; readonly publishAt?: string } = {},
  ): Promise<{ status: BatchState }> {
    return this.#order(id, 'approve', approval);
  }

  /** @throws RefusedError for one that has ended */
  pause(id: string, decider: Decider = {}): Promise<{ status: BatchState }> {
    return this.#order(id, 'pause', decider);
  }

  /** @throws RefusedError when nothing in it is halted */
  resume(id: string, decider: Decider = {}): Promise<{ status: BatchState }> {
    return this.#order(id, 'resume', decider);
  }

  /** @throws RefusedError for one that has ended */
  cancel(
    id: string,
    cancellation: Decider & { readonly reason?: string } = {},
  ): Promise<{ status: BatchState }> {
    return this.#order(id, 'cancel', cancellation);
  }

  /** `usd` is the most that it may spend, what was spent so far included. @throws RefusedError for one that has ended */
  setBudget(id: string, budget: Decider & { readonly usd: number }): Promise<{ status: BatchState }> {
    return this.#order(id, 'budget', budget);
  }

  #order(id: string, name: string, body: object): Promise<{ status: BatchState }> {
    return this.#ask.post(`/api/batches/${encodeURIComponent(id)}/${name}`, body);
  }
}
