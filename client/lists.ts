import type { Client } from '@temporalio/client';
import { POST_WORKFLOW } from '../contract/batch.js';
import { ID_PATTERN } from '../contract/ids.js';
import { POST_STATES, type PostState } from '../contract/states.js';
import type {
  AttentionList,
  BatchPage,
  BatchSummary,
  Costs,
  PostPage,
  PostSummary,
  SlotList,
} from '../contract/lists.js';
import { OPEN_QUESTIONS_MOST, type OpenQuestion } from '../contract/open-questions.js';
import { DeskRefusal, type DeskApi } from './desk-api.js';
import { UsageError } from '../contract/errors.js';
import { DeskError } from './errors.js';
import type { CostKey } from '../contract/money/charge.js';

/** What Temporal's list of workflows shows of a post. */
export interface ListedPost {
  readonly status: PostState;
  readonly costUsd: number;
}

/** More than a batch has that is looked at so; then it is one call to the server. */
const PAGE = 100;

/** The posts of a batch by id, as their search attributes show them: one call, and no work for any worker. */
export async function readPostStates(
  client: Client,
  batchId: string,
): Promise<ReadonlyMap<string, ListedPost>> {
  const posts = new Map<string, ListedPost>();
  if (!ID_PATTERN.test(batchId)) return posts;
  const { costUsd, postStatusKey } = await import('../contract/search-attributes.js');
  const query = `CopydeskBatch = '${batchId}' AND WorkflowType = '${POST_WORKFLOW}' AND ExecutionStatus != 'ContinuedAsNew'`;
  for await (const { workflowId, typedSearchAttributes } of client.workflow.list({ query, pageSize: PAGE })) {
    const shown = typedSearchAttributes.get(postStatusKey);
    const status = POST_STATES.find((state) => state === shown);
    if (status)
      posts.set(workflowId.slice('post/'.length), {
        status,
        costUsd: typedSearchAttributes.get(costUsd) ?? 0,
      });
  }
  return posts;
}

export interface PostFilter {
  /** Only those that wait for a person. */
  readonly waiting?: boolean;
  readonly status?: PostState;
  readonly account?: string;
  /** Only those of this batch. */
  readonly batch?: string;
  /** At most so many, the newest; all when left out. */
  readonly limit?: number;
}

/** Rows of one answer; the desk gives no more. */
const ROWS = 200;

/** `batch list` needs no Temporal, so that it can be asked for without a connection. @throws DeskError */
export async function listBatches(desk: DeskApi): Promise<{ batches: BatchSummary[] }> {
  const batches = await everyPage<BatchPage, BatchSummary>(desk, '/api/batches', {}, (page) => page.batches);
  return { batches };
}

/**
 * `post list` needs no Temporal, so that it can be asked for without a connection.
 *
 * @throws UsageError for an account that has neither a file at the desk nor a batch, DeskError
 */
export async function listPosts(desk: DeskApi, filter: PostFilter = {}): Promise<{ posts: PostSummary[] }> {
  const query = {
    ...(filter.waiting ? { waiting: '1' } : {}),
    ...(filter.status ? { status: filter.status } : {}),
    ...(filter.account ? { account: filter.account } : {}),
    ...(filter.batch ? { batch: filter.batch } : {}),
  };
  try {
    const posts = await everyPage<PostPage, PostSummary>(
      desk,
      '/api/posts',
      query,
      (page) => page.posts,
      filter.limit,
    );
    return { posts };
  } catch (error) {
    throw filter.account ? unknownAccount(error) : error;
  }
}

/**
 * What needs a person, with the call that mends it. Asked of the desk, which asks Temporal for the schedules.
 *
 * @throws UsageError for an account that has neither a file at the desk nor a batch, DeskError
 */
export async function listAttention(desk: DeskApi, account?: string): Promise<AttentionList> {
  try {
    return await desk.demand<AttentionList>(
      `/api/attention${account === undefined ? '' : `?${new URLSearchParams({ account })}`}`,
    );
  } catch (error) {
    throw unknownAccount(error);
  }
}

/** What was asked of an account that there is not is wrong use. */
const unknownAccount = (error: unknown): unknown =>
  error instanceof DeskRefusal && error.status === 404 ? new UsageError('account', error.reason) : error;

/** The rows of a list, which the desk answers in pages: all of them, or the first so many. */
async function everyPage<Page extends { readonly next: string | null }, Row>(
  desk: DeskApi,
  path: string,
  query: Readonly<Record<string, string>>,
  rowsIn: (page: Page) => readonly Row[],
  most = Infinity,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = null; ;) {
    const limit = String(Math.min(ROWS, most - rows.length));
    const asked = new URLSearchParams({ ...query, limit, ...(cursor && { cursor }) });
    const page: Page = await desk.demand<Page>(`${path}?${asked}`);
    rows.push(...rowsIn(page));
    // A desk of an earlier version answers all at once.
    cursor = page.next ?? null;
    if (cursor === null || rows.length >= most) return rows;
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

/**
 * What readers asked an account and no post of it answers, the newest first.
 *
 * @throws UsageError for an account that has neither a file at the desk nor a batch, DeskError
 */
export async function listOpenQuestions(
  desk: DeskApi,
  account: string,
  limit: number = OPEN_QUESTIONS_MOST,
): Promise<readonly OpenQuestion[]> {
  const query = new URLSearchParams({ account, limit: String(limit) });
  try {
    const { questions } = await desk.demand<{ questions: OpenQuestion[] }>(`/api/questions?${query}`);
    return questions;
  } catch (error) {
    throw unknownAccount(error);
  }
}

export interface SlotFilter {
  /** How far to look, from now on: 1 to 53; 2 when left out. */
  readonly weeks?: number;
}

/**
 * `slots` needs no Temporal, so that it can be asked for without a connection.
 *
 * @throws UsageError for an account that has neither a file at the desk nor a batch, DeskError
 */
export async function listSlots(
  desk: DeskApi,
  account: string,
  { weeks = 2 }: SlotFilter = {},
): Promise<SlotList> {
  const query = new URLSearchParams({ account, weeks: String(weeks) });
  try {
    return await desk.demand<SlotList>(`/api/slots?${query}`);
  } catch (error) {
    throw unknownAccount(error);
  }
}
