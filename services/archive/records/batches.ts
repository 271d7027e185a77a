import type { Insertable, Kysely } from 'kysely';
import { sql } from 'kysely';
import { toNano, toUsd } from '../../../contract/money/nano.js';
import type { BatchSummary } from '../../../contract/lists.js';
import { bringCharges } from '../ledger/bring-charges.js';
import { sumPlanCosts } from '../ledger/sum-plan-costs.js';
import { lockAccount } from '../lock.js';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';
import type { BatchRecord, Records } from './records.js';

type Batches = Pick<Records, 'saveBatch' | 'isEmpty' | 'findBatch' | 'listBatches'>;

export const batchesIn = (db: Kysely<Schema>): Batches => ({
  /** A batch and its planning charges in one transaction; an older sequence adds only its charges. */
  async saveBatch(record) {
    const saved = storable(record);
    const { status, charges } = saved;
    return db.transaction().execute(async (trx) => {
      await lockAccount(trx, status.account);
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
              doc: eb.ref('excluded.doc'),
              account_doc: eb.ref('excluded.account_doc'),
            }))
            .whereRef('batches.sequence', '<', 'excluded.sequence'),
        )
        .execute();
      const otherwise = await bringCharges(trx, charges, { ...status, batchId: status.id, postId: null });
      await sumPlanCosts(trx, [status.id]);
      return otherwise;
    });
  },

  async isEmpty() {
    return (await db.selectFrom('batches').select('id').limit(1).executeTakeFirst()) === undefined;
  },

  async findBatch(id) {
    const row = await db.selectFrom('batches').select('doc').where('id', '=', id).executeTakeFirst();
    return row?.doc ?? null;
  },

  /** A post counts from its own first record on. */
  async listBatches(limit) {
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

const countsOfPosts = sql<BatchSummary['counts']>`(
  select coalesce(jsonb_object_agg(status, posts), '{}')
  from (select status, count(*) as posts from posts where batch_id = batches.id group by status) as counted
)`;

const isOffline = sql<boolean>`coalesce((doc->>'offline')::boolean, false)`;

const costOfPosts = sql<number>`(select coalesce(sum(cost), 0)::int8 from posts where batch_id = batches.id)`;
