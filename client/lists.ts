import type { BatchSummary, CostKey, Costs, PostSummary } from '../contract/lists.js';
import { DeskRefusal, type DeskApi } from './desk-api.js';
import { UsageError } from '../contract/errors.js';
import { DeskError } from './errors.js';

export interface PostFilter {
  /** Only those that wait for a person. */
  readonly waiting?: boolean;
  readonly account?: string;
}

/** `batch list` needs no Temporal, so that it can be asked for without a connection. @throws DeskError */
export async function listBatches(desk: DeskApi): Promise<{ batches: BatchSummary[] }> {
  const { batches } = (await desk.get<{ batches: BatchSummary[] }>('/api/batches')) ?? { batches: [] };
  return { batches };
}

/**
 * `post list` needs no Temporal, so that it can be asked for without a connection.
 *
 * @throws UsageError for an account that has neither a file at the desk nor a batch, DeskError
 */
export async function listPosts(desk: DeskApi, filter: PostFilter = {}): Promise<{ posts: PostSummary[] }> {
  const query = new URLSearchParams();
  if (filter.waiting) query.set('waiting', '1');
  if (filter.account) query.set('account', filter.account);
  const address = query.size > 0 ? `/api/posts?${query}` : '/api/posts';
  try {
    const { posts } = await desk.demand<{ posts: PostSummary[] }>(address);
    return { posts };
  } catch (error) {
    const isUnknown = filter.account && error instanceof DeskRefusal && error.status === 404;
    throw isUnknown ? new UsageError('account', error.reason) : error;
  }
}

export interface CostFilter {
  readonly by: CostKey;
  /** Only charges of this time and later, ISO 8601. */
  readonly since?: string;
}

/** `costs` needs no Temporal, so that it can be asked for without a connection. @throws DeskError */
export async function listCosts(desk: DeskApi, { by, since }: CostFilter): Promise<Costs> {
  const query = new URLSearchParams({ by, ...(since === undefined ? {} : { since }) });
  const costs = await desk.get<Costs>(`/api/costs?${query}`);
  if (costs === null) throw new DeskError(`the desk at ${desk.url} knows no costs; update and restart it`);
  return costs;
}
