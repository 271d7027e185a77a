import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Nano } from '../../../contract/money/nano.js';
import type { Bill } from './bills.js';
import { lockBills } from '../lock.js';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';

/** Bills that are looked up and written in one statement. */
const AT_ONCE = 1_000;

/**
 * Writes down what differs from what was billed before. The rows of a request are numbered, and one transaction at a time
 * writes: a repeat finds the sum as it should be and adds nothing.
 */
export async function saveBills(db: Kysely<Schema>, bills: readonly Bill[]): Promise<void> {
  const all = [...new Map(storable(bills).map((bill) => [bill.requestId, bill])).values()];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const some = all.slice(start, start + AT_ONCE);
    await db.transaction().execute(async (trx) => {
      await lockBills(trx);
      const known = await readKnown(trx, some);
      const rows = some.flatMap((bill) => differenceOf(bill, known.get(bill.requestId)));
      if (rows.length > 0) await trx.insertInto('bills').values(rows).execute();
    });
  }
}

interface Known {
  readonly amount: Nano;
  readonly rows: number;
}

async function readKnown(trx: Transaction<Schema>, bills: readonly Bill[]): Promise<Map<string, Known>> {
  const ids = bills.map(({ requestId }) => requestId);
  const found = await trx
    .selectFrom('bills')
    .select(['request_id', sql<Nano>`sum(amount)::int8`.as('amount'), sql<number>`count(*)`.as('rows')])
    .where('request_id', 'in', ids)
    .groupBy('request_id')
    .execute();
  return new Map(found.map((row) => [row.request_id, row]));
}

function differenceOf({ requestId, amount, units, at }: Bill, known: Known | undefined) {
  if (known?.amount === amount) return [];
  const [difference, number] = known ? [amount - known.amount, known.rows + 1] : [amount, 1];
  return [{ key: `${requestId}/${number}`, request_id: requestId, amount: difference, units, at }];
}
