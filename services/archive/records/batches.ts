import type { Insertable, Kysely } from 'kysely';
import { sql } from 'kysely';
import { toNano } from '../../../contract/money/nano.js';
import { bringCharges } from '../ledger/bring-charges.js';
import { sumPlanCosts } from '../ledger/sum-plan-costs.js';
import { lockAccount } from '../lock.js';
import { saveOutcome } from '../news/save-outcome.js';
import { NOW } from '../now.js';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';
import { batchSummaries, readSummary } from './batch-summary.js';
import { pageOf } from './page.js';
import type { BatchRecord, Records } from './records.js';

type Batches = Pick<Records, 'saveBatch' | 'isEmpty' | 'findBatch' | 'listBatches'>;

export const batchesIn = (db: Kysely<Schema>): Batches => ({
  /** A batch, its planning charges and what came of its news in one transaction; an older sequence adds only these two. */
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
    const row = await db.selectFrom('batches').select('doc').where('id', '=', id).executeTakeFirst();
    return row?.doc ?? null;
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
