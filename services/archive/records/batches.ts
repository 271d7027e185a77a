import { type Insertable, type Kysely, sql } from 'kysely';
import type { BatchSummary } from '../../../contract/lists.js';
import { countStates } from '../../../contract/states.js';
import type { BatchStatus } from '../../../contract/status.js';
import { toNano, toUsd } from '../../../contract/money/nano.js';
import { bringCharges, sumPlanCosts } from '../ledger/charges.js';
import { NOW, storable, pageOf } from '../database.js';
import { moneyOf, whileLocked } from '../locks.js';
import { saveOutcome } from '../news/news.js';
import type { Schema } from '../schema.js';
import type { BatchRecord, Records } from './records.js';

type Batches = Pick<Records, 'saveBatch' | 'isEmpty' | 'findBatch' | 'listBatches'>;

export const batchesIn = (db: Kysely<Schema>): Batches => ({
  /** A batch, its planning charges and what came of its news in one transaction; an older sequence adds only these two. */
  async saveBatch(record) {
    const saved = storable(record);
    const { status, charges } = saved;
    return whileLocked(db, moneyOf(status.account), async (trx) => {
      await trx
        .insertInto('batches')
        .values(batchRow(saved))
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet((eb) => ({
              status: eb.ref('excluded.status'),
              sequence: eb.ref('excluded.sequence'),
              budget: eb.ref('excluded.budget'),
              month_budget: eb.ref('excluded.month_budget'),
              status_since: eb
                .case()
                .when('batches.status', '=', eb.ref('excluded.status'))
                .then(eb.ref('batches.status_since'))
                .else(eb.ref('excluded.status_since'))
                .end(),
              changed_at: NOW,
              doc: eb.ref('excluded.doc'),
              account_doc: eb.ref('excluded.account_doc'),
            }))
            .whereRef('batches.sequence', '<', 'excluded.sequence'),
        )
        .execute();
      if (saved.news) await saveOutcome(trx, status.id, saved.news);
      const otherwise = await bringCharges(trx, charges, { ...status, batchId: status.id, postId: null });
      await sumPlanCosts(trx, [status.id]);
      return otherwise;
    });
  },

  async isEmpty() {
    return (await db.selectFrom('batches').select('id').limit(1).executeTakeFirst()) === undefined;
  },

  async findBatch(id) {
    const row = await db
      .selectFrom('batches')
      .select(['doc', unpublishedPosts.as('unpublished')])
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? sinceUnpublished(row.doc, row.unpublished) : null;
  },

  async listBatches({ account, limit, cursor } = {}) {
    let batches = batchSummaries(db).orderBy('created_at', 'desc').orderBy('id', 'desc');
    if (account !== undefined) batches = batches.where('account', '=', account);
    if (cursor !== undefined) {
      batches = batches.where(
        sql<boolean>`(created_at, id) < (select created_at, id from batches where id = ${cursor})`,
      );
    }
    if (limit !== undefined) batches = batches.limit(limit + 1);
    const { rows, next } = pageOf((await batches.execute()).map(readSummary), limit);
    return { batches: rows, next };
  },
});

const batchRow = ({
  sequence,
  status,
  account,
  monthBudget,
}: BatchRecord): Insertable<Schema['batches']> => ({
  id: status.id,
  account: status.account,
  planner: status.planner,
  mix: JSON.stringify(status.mix),
  status: status.status,
  sequence,
  plan_cost: 0,
  budget: toNano(status.budgetUsd),
  month_budget: monthBudget ?? account.budget.month ?? null,
  created_at: status.createdAt,
  doc: JSON.stringify(status),
  account_doc: JSON.stringify(account),
});

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

const unpublishedPosts = sql<readonly string[]>`(
  select coalesce(jsonb_agg(id), '[]') from posts where batch_id = batches.id and status = 'unpublished'
)`;

/** A batch mostly has ended when a post of it is taken back, and its own record is as it was. */
function sinceUnpublished(batch: BatchStatus, ids: readonly string[]): BatchStatus {
  if (ids.length === 0) return batch;
  const posts = batch.posts.map((post) =>
    ids.includes(post.id) ? { ...post, status: 'unpublished' as const } : post,
  );
  return { ...batch, posts, counts: countStates(posts) };
}

const isOffline = sql<boolean>`coalesce((doc->>'offline')::boolean, false)`;

const costOfPosts = sql<number>`(select coalesce(sum(cost), 0)::int8 from posts where batch_id = batches.id)`;

type Accounts = Pick<Records, 'findAccount' | 'findAccountOfPost' | 'listAccounts'>;

export const accountsIn = (db: Kysely<Schema>): Accounts => ({
  async findAccount(handle) {
    const row = await newestOfEach(db).where('account', '=', handle).executeTakeFirst();
    return row?.account_doc ?? null;
  },

  async findAccountOfPost(postId) {
    const row = await db
      .selectFrom('posts')
      .innerJoin('batches', 'batches.id', 'posts.batch_id')
      .select('batches.account_doc')
      .where('posts.id', '=', postId)
      .executeTakeFirst();
    return row?.account_doc ?? null;
  },

  async listAccounts() {
    return (await newestOfEach(db).execute()).map((row) => row.account_doc);
  },
});

/** Every account that has a batch, as its newest batch kept it, by handle. */
const newestOfEach = (db: Kysely<Schema>) =>
  db
    .selectFrom('batches')
    .distinctOn('account')
    .select('account_doc')
    .orderBy('account')
    .orderBy('created_at', 'desc')
    .orderBy('id');
