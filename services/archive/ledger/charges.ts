import type { Kysely } from 'kysely';
import { lockAccount } from '../lock.js';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';
import { chargeOf } from './charge-row.js';
import type { Ledger } from './ledger.js';
import { sumPlanCosts } from './sum-plan-costs.js';
import { writeCharges } from './write-charges.js';

type Charges = Pick<Ledger, 'settle' | 'listCharges'>;

export const openCharges = (db: Kysely<Schema>): Charges => ({
  async settle(settlement) {
    const { payer, charges } = storable(settlement);
    if (payer.postId !== null || payer.batchId === null) return writeCharges(db, charges, payer);
    const { batchId } = payer;
    return db.transaction().execute(async (trx) => {
      await lockAccount(trx, payer.account);
      const stored = await writeCharges(trx, charges, payer);
      await sumPlanCosts(trx, [batchId]);
      return stored;
    });
  },

  async listCharges(of) {
    const rows = await db
      .selectFrom('charges')
      .selectAll()
      .where('postId' in of ? 'post_id' : 'batch_id', '=', 'postId' in of ? of.postId : of.batchId)
      .orderBy('at')
      .orderBy('key')
      .execute();
    return rows.map(chargeOf);
  },
});
