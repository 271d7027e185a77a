import { sql, type Kysely } from 'kysely';
import type { Charge } from '../../../contract/money/charge.js';
import { toUsd } from '../../../contract/money/nano.js';
import type { PostState } from '../../../contract/states.js';
import type { PostSummary } from '../../../contract/lists.js';
import type { PostQuery } from '../archive.js';
import { chargeOf } from '../ledger/charge-row.js';
import type { Schema } from '../schema.js';

/** Counted by the database: a document with its body and pipeline is large, and a list has many. */
const MISSES = sql<number>`jsonb_array_length(jsonb_path_query_array(doc, '$.checks[*] ? (@.ok == false)'))`;

/** Posts newest first, all that match without a limit. */
export async function readPosts(
  db: Kysely<Schema>,
  { account, status, limit }: PostQuery,
): Promise<PostSummary[]> {
  let query = db
    .selectFrom('posts')
    .select(['id', 'account', 'title', 'status', 'gate', 'revision', 'cost', 'offline'])
    .select([
      'batch_id as batchId',
      'content_format as contentFormat',
      'status_since as since',
      'reminded_at',
    ])
    .select(MISSES.as('misses'))
    .orderBy('created_at', 'desc')
    .orderBy('id');
  if (account !== undefined) query = query.where('account', '=', account);
  if (status !== undefined) query = query.where('status', '=', status);
  if (limit !== undefined) query = query.limit(limit);
  return (await query.execute()).map(({ cost, reminded_at, ...row }) => ({
    ...row,
    costUsd: toUsd(cost),
    // A record may still carry the reminder of a gate that has been passed.
    reminded: row.status === 'awaiting_approval' && reminded_at !== null,
  }));
}

/** What came to nothing may be planned anew. */
const DROPPED: readonly PostState[] = ['rejected', 'cancelled', 'failed'];

export async function readTitles(db: Kysely<Schema>, account: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('posts')
    .select('title')
    .where('account', '=', account)
    .where('status', 'not in', DROPPED)
    .where('title', '<>', '')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ title }) => title);
}

/** The charges of a post, or of a batch: its planning and all of its posts. In the order they were made. */
export async function readCharges(
  db: Kysely<Schema>,
  of: { postId: string } | { batchId: string },
): Promise<Charge[]> {
  const rows = await db
    .selectFrom('charges')
    .selectAll()
    .where('postId' in of ? 'post_id' : 'batch_id', '=', 'postId' in of ? of.postId : of.batchId)
    .orderBy('at')
    .orderBy('key')
    .execute();
  return rows.map(chargeOf);
}
