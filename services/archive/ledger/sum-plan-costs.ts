import { sql, type Transaction } from 'kysely';
import { NOW } from '../now.js';
import type { Schema } from '../schema.js';

/**
 * Sums the planning of batches from their charges, since a record may carry only those that are new. Their accounts are
 * locked: two sums at once would each miss the other's charge.
 */
export async function sumPlanCosts(trx: Transaction<Schema>, batchIds: readonly string[]): Promise<void> {
  await trx
    .updateTable('batches')
    .set((eb) => ({
      plan_cost: eb
        .selectFrom('charges')
        .select(sql<number>`coalesce(sum(amount), 0)::int8`.as('sum'))
        .whereRef('charges.batch_id', '=', 'batches.id')
        .where('post_id', 'is', null)
        .where('basis', '<>', 'unknown'),
      changed_at: NOW,
    }))
    .where('id', 'in', batchIds)
    .execute();
}
