import { sql, type Kysely } from 'kysely';
import type { BatchSummary } from '../../../contract/lists.js';
import { toUsd } from '../../../contract/money/nano.js';
import type { Schema } from '../schema.js';

/** What a list shows of batches. A post counts from its own first record on. */
export const batchSummaries = (db: Kysely<Schema>) =>
  db
    .selectFrom('batches')
    .select(['id', 'account', 'planner', 'mix', 'status', 'plan_cost', 'budget', 'created_at'])
    .select([countsOfPosts.as('counts'), costOfPosts.as('posts_cost'), isOffline.as('offline')]);

type Row = Awaited<ReturnType<ReturnType<typeof batchSummaries>['execute']>>[number];

export const readSummary = ({ plan_cost, posts_cost, budget, created_at, ...row }: Row): BatchSummary => ({
  ...row,
  costUsd: toUsd(plan_cost + posts_cost),
  budgetUsd: toUsd(budget),
  createdAt: created_at,
});

const countsOfPosts = sql<BatchSummary['counts']>`(
  select coalesce(jsonb_object_agg(status, posts), '{}')
  from (select status, count(*) as posts from posts where batch_id = batches.id group by status) as counted
)`;

const isOffline = sql<boolean>`coalesce((doc->>'offline')::boolean, false)`;

const costOfPosts = sql<number>`(select coalesce(sum(cost), 0)::int8 from posts where batch_id = batches.id)`;
