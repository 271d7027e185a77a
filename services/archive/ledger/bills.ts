import { type Kysely, type Transaction, sql } from 'kysely';
import type { Nano } from '../../../contract/money/nano.js';
import { storable } from '../database.js';
import { BILLS, whileLocked } from '../locks.js';
import type { Schema } from '../schema.js';
import type { Bill, Billable, Ledger } from './ledger.js';

/** Bills that are looked up and written in one statement. */
const AT_ONCE = 1_000;

type Bills = Pick<Ledger, 'listBillable' | 'saveBills' | 'sumBills'>;

export const billsIn = (db: Kysely<Schema>): Bills => ({
  async listBillable({ provider, offline, since }) {
    const { rows } = await sql<Billable>`
      select
        key, post_id as "postId", batch_id as "batchId", account, model, request_id as "requestId",
        amount, basis = 'unknown' as unknown, at,
        (select sum(bills.amount)::int8 from bills where bills.request_id = charges.request_id) as billed
      from charges
      where provider = ${provider} and offline = ${offline} and request_id is not null
        and ${since === undefined ? sql`true` : sql`at >= ${since}::timestamptz`}
      order by at, key
    `.execute(db);
    return rows;
  },

  /**
   * The rows of a request are numbered, and one transaction at a time writes: a repeat finds the sum as it should be and adds
   * nothing.
   */
  async saveBills(bills) {
    const all = [...new Map(storable(bills).map((bill) => [bill.requestId, bill])).values()];
    for (let start = 0; start < all.length; start += AT_ONCE) {
      const some = all.slice(start, start + AT_ONCE);
      await whileLocked(db, BILLS, async (trx) => {
        const known = await readKnown(trx, some);
        const rows = some.flatMap((bill) => differenceOf(bill, known.get(bill.requestId)));
        if (rows.length > 0) await trx.insertInto('bills').values(rows).execute();
      });
    }
  },

  /** Each bill of a post's requests counts once, however many charges a request has. */
  async sumBills(postId) {
    const { rows } = await sql<{ billed: Nano | null }>`
      select sum(amount)::int8 as billed from bills
      where request_id in (select request_id from charges where post_id = ${postId})
    `.execute(db);
    return rows[0]?.billed ?? null;
  },
});

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
