import { sql, type Kysely } from 'kysely';
import { toUsd } from '../../../contract/money/nano.js';
import type { PostState } from '../../../contract/states.js';
import { bringCharges } from '../ledger/bring-charges.js';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';
import { postRow } from './post-row.js';
import type { Records } from './records.js';

type Posts = Pick<Records, 'savePost' | 'findPost' | 'listPosts' | 'listTitles'>;

export const postsIn = (db: Kysely<Schema>): Posts => ({
  /** The charges, then the post; an older sequence adds only its charges. May be repeated, so it needs no transaction. */
  async savePost(record) {
    const saved = storable(record);
    const otherwise = await bringCharges(db, saved.charges, { ...saved.status, postId: saved.status.id });
    await db
      .insertInto('posts')
      .values(postRow(saved))
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((eb) => ({
            title: eb.ref('excluded.title'),
            status: eb.ref('excluded.status'),
            gate: eb.ref('excluded.gate'),
            revision: eb.ref('excluded.revision'),
            cost: eb.ref('excluded.cost'),
            unknown: eb.ref('excluded.unknown'),
            offline: eb.ref('excluded.offline'),
            sequence: eb.ref('excluded.sequence'),
            status_since: eb
              .case()
              .when('posts.status', '=', eb.ref('excluded.status'))
              .then(eb.ref('posts.status_since'))
              .else(eb.ref('excluded.status_since'))
              .end(),
            published_at: eb.ref('excluded.published_at'),
            reminded_at: eb.ref('excluded.reminded_at'),
            doc: eb.ref('excluded.doc'),
          }))
          .whereRef('posts.sequence', '<', 'excluded.sequence'),
      )
      .execute();
    return otherwise;
  },

  async findPost(id) {
    const row = await db.selectFrom('posts').select('doc').where('id', '=', id).executeTakeFirst();
    return row?.doc ?? null;
  },

  async listPosts({ account, status, limit } = {}) {
    let query = db
      .selectFrom('posts')
      .select(['id', 'account', 'title', 'status', 'gate', 'revision', 'cost', 'offline'])
      .select(['batch_id as batchId', 'content_format as contentFormat'])
      .select(['status_since as since', 'reminded_at'])
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
  },

  async listTitles(account, limit) {
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
  },
});

/** Counted by the database: a document with its body and pipeline is large, and a list has many. */
const MISSES = sql<number>`jsonb_array_length(jsonb_path_query_array(doc, '$.checks[*] ? (@.ok == false)'))`;

/** What came to nothing may be planned again. */
const DROPPED: readonly PostState[] = ['rejected', 'cancelled', 'failed'];
