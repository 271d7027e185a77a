import type { Mix } from '../contract/mix.js';
import type { BatchState, Gate, PostState } from '../contract/states.js';
import type { DeskApi } from './desk-api.js';

/** A row of `batch list`. */
export interface BatchListRow {
  readonly id: string;
  readonly account: string;
  readonly planner: string;
  readonly mix: Mix;
  readonly status: BatchState;
  readonly counts: Readonly<Partial<Record<PostState, number>>>;
  readonly costUsd: number;
  readonly createdAt: string;
  /** Made by stand-ins: a sample. */
  readonly offline: boolean;
}

/** A row of `post list`. */
export interface PostListRow {
  readonly id: string;
  readonly account: string;
  readonly batchId: string;
  readonly title: string;
  readonly contentFormat: string;
  readonly status: PostState;
  readonly gate: Gate | null;
  readonly revision: number;
  readonly costUsd: number;
  /** Since when it has been in this state, ISO 8601. */
  readonly since: string;
  /** It waits for a person who has been reminded of it. */
  readonly reminded: boolean;
  /** Made by stand-ins: a sample. */
  readonly offline: boolean;
}

export interface PostFilter {
  /** Only those that wait for a person. */
  readonly waiting?: boolean;
  readonly account?: string;
}

/** `batch list` needs no Temporal, so that it can be asked for without a connection. @throws DeskError */
export async function listBatches(desk: DeskApi): Promise<{ batches: BatchListRow[] }> {
  const { batches } = (await desk.get<{ batches: BatchListRow[] }>('/api/batches')) ?? { batches: [] };
  return { batches };
}

/** `post list` needs no Temporal, so that it can be asked for without a connection. @throws DeskError */
export async function listPosts(desk: DeskApi, filter: PostFilter = {}): Promise<{ posts: PostListRow[] }> {
  const query = new URLSearchParams();
  if (filter.waiting) query.set('waiting', '1');
  if (filter.account) query.set('account', filter.account);
  const address = query.size > 0 ? `/api/posts?${query}` : '/api/posts';
  const { posts } = (await desk.get<{ posts: PostListRow[] }>(address)) ?? { posts: [] };
  return { posts };
}
