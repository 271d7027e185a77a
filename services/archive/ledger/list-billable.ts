import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Nano } from '../../../contract/money/nano.js';
import type { Billable, BillableQuery } from './bills.js';
import type { Schema } from '../schema.js';

/** Charges with a request id, oldest first, each with the sum of its bills. */
export async function readBillable(
  db: Kysely<Schema>,
  { provider, offline, since }: BillableQuery,
): Promise<Billable[]> {
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
}

/** The sum of the bills of a post's requests, each counted once; null where there is none. */
export async function readBilledOf(db: Kysely<Schema>, postId: string): Promise<Nano | null> {
  const { rows } = await sql<{ billed: Nano | null }>`
    select sum(amount)::int8 as billed from bills
    where request_id in (select request_id from charges where post_id = ${postId})
  `.execute(db);
  return rows[0]?.billed ?? null;
}
