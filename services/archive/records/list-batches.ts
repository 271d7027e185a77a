import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Account } from '../../../contract/account.js';
import { toUsd } from '../../../contract/money/nano.js';
import type { BatchSummary } from '../../../contract/lists.js';
import type { Schema } from '../schema.js';

/** The newest batches, all of them without a limit. A post counts from its own first record on. */
export async function readBatches(db: Kysely<Schema>, limit: number | undefined): Promise<BatchSummary[]> {
  let query = db
    .selectFrom('batches')
    .select(['id', 'account', 'planner', 'mix', 'status', 'plan_cost', 'created_at'])
    .select([countsOfPosts.as('counts'), costOfPosts.as('posts_cost'), isOffline.as('offline')])
    .orderBy('created_at', 'desc')
    .orderBy('id');
  if (limit !== undefined) query = query.limit(limit);
  const rows = await query.execute();
  return rows.map(({ plan_cost, posts_cost, created_at, ...row }) => ({
    ...row,
    costUsd: toUsd(plan_cost + posts_cost),
    createdAt: created_at,
  }));
}

const countsOfPosts = sql<BatchSummary['counts']>`(
  select coalesce(jsonb_object_agg(status, posts), '{}')
  from (select status, count(*) as posts from posts where batch_id = batches.id group by status) as counted
)`;

const isOffline = sql<boolean>`coalesce((doc->>'offline')::boolean, false)`;

const costOfPosts = sql<number>`(select coalesce(sum(cost), 0)::int8 from posts where batch_id = batches.id)`;

/** Every account that has a batch, as its newest batch kept it, by handle. */
export async function readAccounts(db: Kysely<Schema>, handle?: string): Promise<Account[]> {
  let query = db
    .selectFrom('batches')
    .distinctOn('account')
    .select('account_doc')
    .orderBy('account')
    .orderBy('created_at', 'desc')
    .orderBy('id');
  if (handle !== undefined) query = query.where('account', '=', handle);
  return (await query.execute()).map((row) => row.account_doc);
}
